import type { Instant, JsonObject, ProcessInput, ProcessReaction } from '@mandate/event-sourcing';
import type { CertificateDraft } from '../certificate';
import { certificateDraft } from '../certificate-draft';
import type { Deletion } from '../effect';
import type { DeletionEvent } from '../events';
import { evolve } from '../evolve';
import { react } from '../react';
import { initialDeletion, type DeletionState } from '../state';
import { then } from './events-of-the-end';

export type Input = ProcessInput<DeletionEvent, Deletion>;
export type Reaction = ProcessReaction<Deletion>;

/** An event that the process is told. */
export const told = (event: DeletionEvent, recordedAt: string = then): Input => ({
  kind: 'event',
  event,
  recordedAt: recordedAt as Instant,
});

/** The outcome of one of its own effects. */
export const done = (
  effect: Deletion,
  { completedAt = then, result = {} }: { readonly completedAt?: string; readonly result?: JsonObject } = {},
): Input => ({ kind: 'effect-completed', effect, result, completedAt: completedAt as Instant });

/** A deadline that has come. */
export const reached = (deadline: string, dueAt: string): Input => ({
  kind: 'deadline-reached',
  deadline,
  dueAt: dueAt as Instant,
});

/** The state after inputs, and all that was asked for on the way. */
export interface Course {
  readonly state: DeletionState;
  readonly reactions: readonly (readonly Reaction[])[];
}

export const course = (inputs: readonly Input[]): Course => {
  let state = initialDeletion;
  const reactions: (readonly Reaction[])[] = [];
  for (const input of inputs) {
    state = evolve(state, input);
    reactions.push(react(state, input));
  }
  return { state, reactions };
};

/** What is to be certified after these inputs. */
export const draftAfter = (inputs: readonly Input[]): CertificateDraft => {
  const { state } = course(inputs);
  const draft = state.status === 'known' ? certificateDraft(state.case) : undefined;
  if (draft === undefined) throw new Error('expected everything to be deleted');
  return draft;
};

/** What the process asks for when the last of these inputs comes after the others. */
export const reactionsTo = (inputs: readonly Input[]): readonly Reaction[] =>
  course(inputs).reactions.at(-1) ?? [];

/** The effects among reactions. */
export const effectsIn = (reactions: readonly Reaction[]): readonly Deletion[] =>
  reactions.flatMap((reaction) => (reaction.kind === 'effect' ? [reaction.effect] : []));

/** The steps that are asked for, by name. */
export const stepsIn = (reactions: readonly Reaction[]): readonly Deletion['step'][] =>
  effectsIn(reactions).map(({ step }) => step);
