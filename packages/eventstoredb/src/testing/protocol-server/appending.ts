import { decideAppend, type ExpectedRevision } from './append-decision';
import type { ProposedEvent } from './event-log';
import type { ServerState, SizeRule } from './server-state';

/** An append as it arrived, by whichever call. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

export type AppendAnswer =
  | {
      readonly kind: 'success';
      readonly lastRevision: number;
      readonly position: bigint | undefined;
    }
  | { readonly kind: 'wrong-expected-version'; readonly currentRevision: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'invalid'; readonly what: string };

const sizeOf = (rule: SizeRule, events: readonly ProposedEvent[]): number =>
  events.reduce(
    (bytes, { data, metadata, type }) =>
      bytes + data.length + (rule === 'data' ? 0 : metadata.length + 2 * type.length),
    0,
  );

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const mistakeIn = (events: readonly ProposedEvent[]): string | undefined => {
  if (events.some(({ id }) => !guid.test(id))) return 'Unrecognized Guid format.';
  return events.some(({ type }) => type === '') ? 'Event type cannot be empty.' : undefined;
};

/** Decides on an append and carries it out, all at once. */
export const performAppend = (
  { log, streams, ids, settings }: ServerState,
  { stream, expected, events }: AppendRequest,
): AppendAnswer => {
  const what = mistakeIn(events);
  if (what !== undefined) return { kind: 'invalid', what };
  if (sizeOf(settings.sizeRule, events) > settings.appendBytesMax) return { kind: 'too-large' };
  const proposal = { stream, expected, ids: events.map(({ id }) => id.toLowerCase()) };
  const decision = decideAppend(proposal, streams, ids.revisionOf);
  switch (decision.kind) {
    case 'wrong-expected-version':
    case 'stream-deleted':
      return decision;
    case 'repetition': {
      const position = streams.eventAt(stream, decision.lastRevision)?.position;
      return {
        kind: 'success',
        lastRevision: decision.lastRevision,
        position: settings.tellsPositionOfRepetition ? position : undefined,
      };
    }
    case 'write': {
      const written = streams.write(
        stream,
        events.map((event) => ({ ...event, id: event.id.toLowerCase() })),
      );
      ids.remember(written);
      return {
        kind: 'success',
        lastRevision: streams.stateOf(stream).lastRevision,
        position: (written.at(-1) ?? log.events.at(-1))?.position,
      };
    }
  }
};
