import { mandateEventCodec } from '@mandate/domain';
import { isInstant, type EventToAppend, type ProjectionSnapshotOptions } from '@mandate/event-sourcing';
import { isLeft, left, right, type Either } from 'fp-ts/Either';
import { addKnown, type KnownEvent, type ScopeState } from './state';

/** How the state of the processing scope is kept from one process to the next; the JSON of it is this library's business. */
export type ScopeSnapshotOptions = Omit<ProjectionSnapshotOptions<ScopeState>, 'codec'>;

type WrittenEvent = Pick<EventToAppend, 'type' | 'schemaVersion' | 'data'>;

/** One event as a list, since names would be half of the text. */
const writtenOf = ({ event, recordedAt, position }: KnownEvent): readonly unknown[] => {
  const { type, schemaVersion, data } = mandateEventCodec.encode(event);
  return [type, schemaVersion, data, recordedAt, position];
};

const readEvent = (json: unknown): KnownEvent | undefined => {
  if (!Array.isArray(json)) return undefined;
  const [type, schemaVersion, data, recordedAt, position] = json as readonly unknown[];
  const decoded = mandateEventCodec.decode({ type, schemaVersion, data } as WrittenEvent);
  if (isLeft(decoded) || !isInstant(recordedAt) || typeof position !== 'string') return undefined;
  return { event: decoded.right, recordedAt, position: position as KnownEvent['position'] };
};

const decode = (json: unknown): Either<string, ScopeState> => {
  if (!Array.isArray(json)) return left('no list of events');
  const state: ScopeState = new Map();
  for (const item of json as readonly unknown[]) {
    const known = readEvent(item);
    if (known === undefined) return left('an event that cannot be read');
    addKnown(state, known);
  }
  return right(state);
};

/**
 * The events of all contracts, one contract after the other. The scopes are folded anew: what the rules make of a history
 * may change from one release to the next, what happened does not.
 */
export const scopeSnapshotCodec: ProjectionSnapshotOptions<ScopeState>['codec'] = {
  encode: (state) => [...state.values()].flatMap(({ events }) => events.map(writtenOf)),
  decode,
};
