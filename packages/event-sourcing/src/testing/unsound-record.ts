import type { Instant } from '../values/instant';
import type { ProcessEvent } from '../process-managers/process-record';

interface Judged {
  readonly complaints: string[];
  readonly inputs: Set<string>;
  /** The next attempt of every effect that was intended; absent once it was completed. */
  readonly attempts: Map<string, number>;
  readonly intended: Set<string>;
  readonly parked: Set<string>;
  readonly deadlines: Map<string, Instant>;
  isOwing: boolean;
}

type Of<Type extends ProcessEvent['type']> = Extract<ProcessEvent, { readonly type: Type }>['data'];

const judgeInput = ({ complaints, inputs, parked }: Judged, { eventId }: Of<'InputReceived'>): void => {
  if (inputs.has(eventId)) complaints.push('the same input twice');
  if (parked.size > 0) complaints.push('an input while an effect is parked');
  inputs.add(eventId);
};

const judgeIntent = (
  { complaints, attempts, intended }: Judged,
  { effectId }: Of<'EffectIntended'>,
): void => {
  if (intended.has(effectId)) complaints.push('two intents of one id');
  intended.add(effectId);
  attempts.set(effectId, 1);
};

const judgeCompletion = ({ complaints, attempts, parked }: Judged, effectId: string): void => {
  if (!attempts.delete(effectId)) complaints.push('a second outcome of an effect, or one of none');
  parked.delete(effectId);
};

const judgeAttempt = ({ complaints, attempts, parked }: Judged, effectId: string, attempt?: number): void => {
  const expected = attempts.get(effectId);
  if (expected === undefined) complaints.push('an attempt after the outcome, or of nothing');
  else if (attempt !== undefined && attempt !== expected) {
    complaints.push(`attempt ${attempt} where ${expected} would be next`);
  }
  if (parked.has(effectId)) complaints.push('an attempt while it is parked');
  if (expected !== undefined) attempts.set(effectId, expected + 1);
};

const judgeDeadline = (
  { complaints, deadlines }: Judged,
  { deadline, dueAt }: Of<'DeadlineReached'>,
): void => {
  if (deadlines.get(deadline) !== dueAt) complaints.push('a deadline that was not set, or is no more');
  deadlines.delete(deadline);
};

const judge = (judged: Judged, entry: ProcessEvent): void => {
  switch (entry.type) {
    case 'InputReceived': {
      judgeInput(judged, entry.data);
      return;
    }
    case 'EffectIntended': {
      judgeIntent(judged, entry.data);
      return;
    }
    case 'EffectCompleted': {
      judgeCompletion(judged, entry.data.effectId);
      return;
    }
    case 'EffectFailed': {
      judgeAttempt(judged, entry.data.effectId, entry.data.attempt);
      return;
    }
    case 'EffectParked':
      judgeAttempt(judged, entry.data.effectId);
      judged.parked.add(entry.data.effectId);
      return;
    case 'EffectUnparked':
      if (!judged.parked.delete(entry.data.effectId)) judged.complaints.push('unparked what was not parked');
      return;
    case 'DeadlineSet':
      judged.deadlines.set(entry.data.deadline, entry.data.dueAt);
      return;
    case 'DeadlineCancelled':
      judged.deadlines.delete(entry.data.deadline);
      return;
    case 'DeadlineReached': {
      judgeDeadline(judged, entry.data);
      return;
    }
    case 'ReactionsBegun':
      if (judged.isOwing) judged.complaints.push('reactions that begin while others are not ended');
      judged.isOwing = true;
      return;
    case 'ReactionsEnded':
      if (!judged.isOwing) judged.complaints.push('reactions that end without a beginning');
      judged.isOwing = false;
      return;
  }
};

/** What is wrong with the record of an instance, by itself: nothing, if its runner is right. */
export const complaintsAbout = (record: readonly ProcessEvent[]): readonly string[] => {
  const judged: Judged = {
    complaints: [],
    inputs: new Set(),
    attempts: new Map(),
    intended: new Set(),
    parked: new Set(),
    deadlines: new Map(),
    isOwing: false,
  };
  for (const entry of record) judge(judged, entry);
  if (judged.isOwing) judged.complaints.push('reactions without an end');
  return judged.complaints;
};
