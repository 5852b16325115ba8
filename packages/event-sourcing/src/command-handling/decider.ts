import type { Either } from 'fp-ts/Either';

/**
 * The pure heart of an aggregate. `decide` answers a command with the events that follow from it or with the
 * reason why nothing may follow; `evolve` tells what an event changes. Neither reads a clock, draws a number or
 * fetches anything: what the moment supplies (the time, facts of other aggregates) arrives as `facts`.
 */
export interface Decider<Command, State, Event, Rejection, Facts> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State, facts: Facts) => Either<Rejection, readonly Event[]>;
  readonly evolve: (state: State, event: Event) => State;
}

/** The state after a history. */
export const fold = <State, Event>(
  evolve: (state: State, event: Event) => State,
  initialState: State,
  events: Iterable<Event>,
): State => {
  let state = initialState;
  for (const event of events) state = evolve(state, event);
  return state;
};
