import assert from 'node:assert/strict';
import { isLeft } from 'fp-ts/Either';
import { fold, type Decider } from '../command-handling/decider';

/** What may be expected of a decision. Each throws an `AssertionError` when it finds something else. */
export interface Expectations<Event, Rejection> {
  /** The command is accepted, and exactly these events follow from it. */
  readonly then: (events: readonly Event[]) => void;
  /** The command is refused, for this reason or with exactly this rejection. */
  readonly thenRefused: (expected: ReasonOf<Rejection> | Rejection) => void;
  /** The command is accepted, and nothing follows from it: it was a retry. */
  readonly thenNothing: () => void;
}

/** The tags of a union of rejections. */
export type ReasonOf<Rejection> = Rejection extends { readonly reason: infer Reason extends string }
  ? Reason
  : never;

/** A history that waits for its command. */
export interface Given<Command, Event, Rejection, Facts> {
  readonly when: (command: Command, facts: Facts) => Expectations<Event, Rejection>;
}

/**
 * Tests a decider by what it says: after a history, a command is answered with events or refused. Knows no test
 * runner: it throws as `node:assert` does.
 */
export const given = <Command, State, Event, Rejection, Facts>(
  { decide, evolve, initialState }: Decider<Command, State, Event, Rejection, Facts>,
  history: readonly Event[],
): Given<Command, Event, Rejection, Facts> => ({
  when: (command, facts) => {
    const decision = decide(command, fold(evolve, initialState, history), facts);
    const eventsOf = (): readonly Event[] => {
      if (isLeft(decision)) {
        assert.fail(
          `Expected the command to be accepted, found it refused: ${JSON.stringify(decision.left)}`,
        );
      }
      return decision.right;
    };
    return {
      then: (events) => assert.deepEqual(eventsOf(), events),
      thenNothing: () => assert.deepEqual(eventsOf(), []),
      thenRefused: (expected) => {
        if (!isLeft(decision)) {
          assert.fail(`Expected a refusal, found ${decision.right.length} events`);
        }
        const rejection = decision.left;
        const found =
          typeof expected === 'string' ? (rejection as { readonly reason?: unknown }).reason : rejection;
        assert.deepEqual(found, expected);
      },
    };
  },
});
