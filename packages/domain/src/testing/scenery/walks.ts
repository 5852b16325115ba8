import type { Decider } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';

export interface Step<Command, Facts> {
  readonly command: Command;
  readonly facts: Facts;
}

export interface Walk<State, Event, Rejection> {
  readonly events: readonly Event[];
  /** The state at the beginning, then that after every event. */
  readonly states: readonly State[];
  readonly rejections: readonly Rejection[];
}

/** Gives commands to a decider, one after the other; a refused one changes nothing. */
export const walk = <Command, State, Event, Rejection, Facts>(
  { initialState, decide, evolve }: Decider<Command, State, Event, Rejection, Facts>,
  steps: readonly Step<Command, Facts>[],
): Walk<State, Event, Rejection> => {
  const [events, states, rejections]: [Event[], State[], Rejection[]] = [[], [initialState], []];
  let state = initialState;
  for (const { command, facts } of steps) {
    const decision = decide(command, state, facts);
    if (isLeft(decision)) {
      rejections.push(decision.left);
      continue;
    }
    for (const event of decision.right) {
      state = evolve(state, event);
      events.push(event);
      states.push(state);
    }
  }
  return { events, states, rejections };
};

/** What follows the first item for which a condition holds. */
export const followers = <Item>(items: readonly Item[], isIt: (item: Item) => boolean): readonly Item[] => {
  const index = items.findIndex(isIt);
  return index < 0 ? [] : items.slice(index + 1);
};

/** Whether each of these times comes after the one before it. */
export const isAscending = (times: readonly string[]): boolean =>
  times.every((time, index) => index === 0 || String(times[index - 1]) < time);
