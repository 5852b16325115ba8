import type { Streams, StreamState } from './streams';

export type ExpectedRevision = 'any' | 'stream-exists' | 'no-stream' | number;

/** What the server does with an append, before anything is written. */
export type AppendDecision =
  | { readonly kind: 'write' }
  /** All of it is there already; the answer tells of the old last event, not of the head of the stream. */
  | { readonly kind: 'repetition'; readonly lastRevision: number }
  | { readonly kind: 'wrong-expected-version'; readonly currentRevision: number }
  | { readonly kind: 'stream-deleted' };

/** Where an event id stands in a stream, as far as the server remembers. */
export type RevisionOfId = (stream: string, id: string) => number | undefined;

interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

const wrong = ({ lastRevision }: StreamState): AppendDecision => ({
  kind: 'wrong-expected-version',
  currentRevision: lastRevision,
});

/** Without an exact revision the server looks for the ids, the first one first. */
const decideLoosely = (
  { stream, ids }: Append,
  state: StreamState,
  revisionOf: RevisionOfId,
): AppendDecision => {
  const revisions = ids.map((id) => revisionOf(stream, id));
  // The whole batch is written, also ids that stand in the stream already.
  if (revisions[0] === undefined) return { kind: 'write' };
  const known = revisions.filter((revision) => revision !== undefined);
  return known.length < ids.length ? wrong(state) : { kind: 'repetition', lastRevision: Math.max(...known) };
};

/** Below the end of the stream an append may only repeat what stands there, id by id. */
const decideBelowEnd = (
  { stream, expected, ids }: Append & { readonly expected: number },
  state: StreamState,
  streams: Streams,
): AppendDecision => {
  const isThere = ids.map((id, index) => streams.eventAt(stream, expected + 1 + index)?.id === id);
  if (ids.length > 0 && isThere.every(Boolean)) {
    return { kind: 'repetition', lastRevision: expected + ids.length };
  }
  const isNew = isThere[0] !== true;
  return isNew && expected === -1 && state.isSoftDeleted ? { kind: 'write' } : wrong(state);
};

const decideExactly = (
  append: Append & { readonly expected: number },
  state: StreamState,
  streams: Streams,
): AppendDecision => {
  if (append.expected > state.lastRevision) return wrong(state);
  // At the end of the stream the ids are not looked at.
  if (append.expected === state.lastRevision) return { kind: 'write' };
  return decideBelowEnd(append, state, streams);
};

const decideOnExisting = (append: Append, state: StreamState, revisionOf: RevisionOfId): AppendDecision => {
  if (state.isSoftDeleted) return { kind: 'stream-deleted' };
  return state.lastRevision < 0 && !state.hasMetadata
    ? wrong(state)
    : decideLoosely(append, state, revisionOf);
};

/** The decision table of EventStoreDB 22.10 to 24.10 (`IndexWriter.CheckCommit`). */
export const decideAppend = (append: Append, streams: Streams, revisionOf: RevisionOfId): AppendDecision => {
  const state = streams.stateOf(append.stream);
  if (state.isTombstoned) return { kind: 'stream-deleted' };
  const { expected } = append;
  switch (expected) {
    case 'any':
      return decideLoosely(append, state, revisionOf);
    case 'stream-exists':
      return decideOnExisting(append, state, revisionOf);
    case 'no-stream':
      return decideExactly({ ...append, expected: -1 }, state, streams);
    default:
      return decideExactly({ ...append, expected }, state, streams);
  }
};
