import {
  decodeRecorded,
  readWholeStream,
  type Decider,
  type DomainEvent,
  type EventCodec,
  type EventStore,
} from '@mandate/event-sourcing';

/** An aggregate's state, folded from its stream. */
export const loadState = async <Command, State, Event extends DomainEvent, Rejection, Facts>(
  store: EventStore,
  stream: string,
  {
    decider,
    codec,
  }: {
    readonly decider: Pick<Decider<Command, State, Event, Rejection, Facts>, 'initialState' | 'evolve'>;
    readonly codec: EventCodec<Event>;
  },
): Promise<State> => {
  let state = decider.initialState;
  for await (const recorded of readWholeStream(store, stream)) {
    state = decider.evolve(state, decodeRecorded(codec, recorded));
  }
  return state;
};
