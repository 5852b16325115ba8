import { decodeRecorded, type DomainEvent, type EventCodec } from '../codecs/event-codec';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { readWholeStream } from '../event-store/read-whole-stream';
import { grownBy } from '../values/growing-set';
import type { AggregateMemory, LoadedAggregate } from './aggregate-memory';
import type { AggregateSnapshots } from './aggregate-snapshots';
import type { Decider } from './decider';

export interface LoadAggregateOptions<State, Event extends DomainEvent> {
  readonly decider: Pick<Decider<never, State, Event, unknown, unknown>, 'initialState' | 'evolve'>;
  readonly codec: EventCodec<Event>;
  readonly memory?: AggregateMemory<State> | undefined;
  readonly snapshots?: AggregateSnapshots<State> | undefined;
}

type Store = Pick<EventStore, 'readStream'>;

/** Folds events on top of what is known; `undefined` when the first is not the one that was last known. */
const readOn = async <State, Event extends DomainEvent>(
  store: Store,
  stream: string,
  { decider, codec }: LoadAggregateOptions<State, Event>,
  known: LoadedAggregate<State>,
): Promise<LoadedAggregate<State> | undefined> => {
  let aggregate = known;
  // The last known event is read again: a store that was restored, or a stream that was erased, has another there, or
  // has it at a place of another log.
  let isKnownStill = known.last === undefined;
  for await (const recorded of readWholeStream(store, stream, Math.max(0, known.version - 1))) {
    if (!isKnownStill) {
      const { eventId, position } = known.last ?? {};
      if (recorded.eventId !== eventId || recorded.position !== position) return undefined;
      isKnownStill = true;
      continue;
    }
    aggregate = after(aggregate, recorded, decider.evolve(aggregate.state, decodeRecorded(codec, recorded)));
  }
  return isKnownStill ? aggregate : undefined;
};

const after = <State>(
  { commandIds }: LoadedAggregate<State>,
  { eventId, position, version, metadata }: RecordedEvent,
  state: State,
): LoadedAggregate<State> => ({
  state,
  version,
  last: { eventId, position },
  commandIds: grownBy(commandIds, metadata.commandId),
});

/**
 * An aggregate as its stream stands now. With a memory or snapshots, only what is new is read and folded; what they
 * hold and does not fit the stream is not used.
 */
export const loadAggregate = async <State, Event extends DomainEvent>(
  store: Store,
  stream: string,
  options: LoadAggregateOptions<State, Event>,
): Promise<LoadedAggregate<State>> => {
  const { decider, memory, snapshots } = options;
  const nothing: LoadedAggregate<State> = { state: decider.initialState, version: 0, commandIds: [] };
  const visit = snapshots?.visit(stream);

  const from = async (
    known: LoadedAggregate<State> | undefined,
  ): Promise<LoadedAggregate<State> | undefined> => {
    const loaded = known && (await readOn(store, stream, options, known));
    if (known === undefined || loaded === undefined) return undefined;
    memory?.remember(stream, loaded);
    if (visit !== undefined) await visit.keep(loaded, known.version);
    return loaded;
  };

  return (
    (await from(memory?.recall(stream))) ??
    (visit && (await from(await visit.recall()))) ??
    (await from(nothing)) ??
    nothing
  );
};
