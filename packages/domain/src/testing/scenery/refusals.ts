import { given } from '@mandate/event-sourcing/testing';
import type { Decider } from '@mandate/event-sourcing';
import { eventsOf, type Story, type Told } from './told';

/** A story, the command that is refused after it, the moment, and what the refusal carries beside its reason. */
type Refused<Rejection, Command, Event, Facts> = readonly [
  story: Story<Command, Event>,
  next: Told<Command, Event>,
  facts: Facts,
  carrying: Omit<Rejection, 'reason'>,
];

/** An example of every refusal; a reason without one does not compile. */
export type Refusals<Command, Event, Rejection extends { readonly reason: string }, Facts> = {
  readonly [Reason in Rejection['reason']]: Refused<
    Extract<Rejection, { readonly reason: Reason }>,
    Command,
    Event,
    Facts
  >;
};

/** Every example by its reason, as the rejection that it leads to and the check that it does. */
export const refusalsOf = <Command, State, Event, Rejection extends { readonly reason: string }, Facts>(
  decider: Decider<Command, State, Event, Rejection, Facts>,
  refusals: Refusals<Command, Event, Rejection, Facts>,
): readonly { readonly reason: string; readonly rejection: Rejection; readonly check: () => void }[] =>
  Object.entries<Refused<Rejection, Command, Event, Facts>>(refusals).map(
    ([reason, [story, { command }, facts, carrying]]) => {
      const rejection = { reason, ...carrying } as unknown as Rejection;
      return {
        reason,
        rejection,
        check: () => given(decider, eventsOf(story)).when(command, facts).thenRefused(rejection),
      };
    },
  );
