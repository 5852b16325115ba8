import { fold, type Decider } from '@mandate/event-sourcing';
import { given } from '@mandate/event-sourcing/testing';

/** A command, and the event that follows from it when it is accepted. */
export interface Told<Command, Event> {
  readonly command: Command;
  readonly event: Event;
}

export type Story<Command, Event> = readonly Told<Command, Event>[];

export const eventsOf = <Command, Event>(story: Story<Command, Event>): readonly Event[] =>
  story.map(({ event }) => event);

/** The state that a story leads to. */
export const stateAfter = <Command, State, Event, Rejection, Facts>(
  { evolve, initialState }: Decider<Command, State, Event, Rejection, Facts>,
  story: Story<Command, Event>,
): State => fold(evolve, initialState, eventsOf(story));

/** What may be said about the next command of a story. */
export interface Sequel<Command, Event, Rejection> {
  readonly accepts: (next: Told<Command, Event>) => void;
  /** The command is a retry: accepted, and nothing follows. */
  readonly takesAsRetry: (next: Told<Command, Event>) => void;
  readonly refuses: (next: Told<Command, Event>, rejection: Rejection) => void;
}

/** Goes on with a story at a moment. */
export const afterStory =
  <Command, State, Event, Rejection, Facts>(decider: Decider<Command, State, Event, Rejection, Facts>) =>
  (story: Story<Command, Event>, facts: Facts): Sequel<Command, Event, Rejection> => {
    const history = given(decider, eventsOf(story));
    return {
      accepts: ({ command, event }) => history.when(command, facts).then([event]),
      takesAsRetry: ({ command }) => history.when(command, facts).thenNothing(),
      refuses: ({ command }, rejection) => history.when(command, facts).thenRefused(rejection),
    };
  };
