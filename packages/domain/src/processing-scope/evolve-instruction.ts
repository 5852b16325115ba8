import { doesCover, type InstructionEvent } from '../processing-instruction';
import type { InstructionId } from '../vocabulary';
import { closed, opened } from './intervals';
import type { ContractScope, InstructionScope } from './scope';

const issued = (
  data: Extract<InstructionEvent, { type: 'InstructionIssued' }>['data'],
): InstructionScope => ({
  instructionId: data.instructionId,
  entitlement: data.entitlement,
  versions: [{ version: 1, effectiveAt: data.content.interval.from, content: data.content }],
  ...(data.supersedes === undefined ? {} : { supersedes: data.supersedes }),
  suspensions: [],
  contests: [],
  endings: [],
});

const uncontestedFrom = (
  instruction: InstructionScope,
  until: InstructionScope['endings'][number]['at'],
): InstructionScope => ({
  ...instruction,
  // One answer settles everything that waits for one.
  contests: instruction.contests.map((contest) =>
    contest.interval.until === undefined
      ? { ...contest, interval: { from: contest.interval.from, until } }
      : contest,
  ),
});

type LaterEvent = Exclude<InstructionEvent, { type: 'InstructionIssued' }>;

const evolveIssued = (instruction: InstructionScope, event: LaterEvent): InstructionScope => {
  const { effectiveAt } = event.data;
  switch (event.type) {
    case 'InstructionAmended': {
      const earlier = instruction.versions.filter((other) => other.effectiveAt < effectiveAt);
      const version = (earlier.at(-1)?.version ?? 0) + 1;
      return {
        ...uncontestedFrom(instruction, effectiveAt),
        versions: [...earlier, { version, effectiveAt, content: event.data.content }],
      };
    }
    case 'InstructionSuspended':
      return { ...instruction, suspensions: opened(instruction.suspensions, effectiveAt) };
    case 'InstructionResumed':
      return { ...instruction, suspensions: closed(instruction.suspensions, effectiveAt) };
    case 'InstructionContested': {
      const { clauses } = event.data;
      const isSaid = instruction.contests.some(
        ({ interval, clauses: contested }) =>
          interval.until === undefined &&
          doesCover({ from: interval.from, clauses: contested }, { from: effectiveAt, clauses }),
      );
      const contest = { interval: { from: effectiveAt }, clauses };
      return isSaid ? instruction : { ...instruction, contests: [...instruction.contests, contest] };
    }
    case 'InstructionConfirmed':
      return uncontestedFrom(instruction, effectiveAt);
    case 'InstructionRefused':
      return { ...instruction, endings: [...instruction.endings, { ending: 'refused', at: effectiveAt }] };
    case 'InstructionWithdrawn':
      return { ...instruction, endings: [...instruction.endings, { ending: 'withdrawn', at: effectiveAt }] };
    case 'InstructionSuperseded':
      return { ...instruction, endings: [...instruction.endings, { ending: 'superseded', at: effectiveAt }] };
  }
};

const withInstruction = (
  scope: ContractScope,
  id: InstructionId,
  instruction: InstructionScope,
): ContractScope => ({
  ...scope,
  instructions: new Map(scope.instructions).set(id, instruction),
});

export const evolveInstruction = (scope: ContractScope, event: InstructionEvent): ContractScope => {
  const { instructionId } = event.data;
  const instruction = scope.instructions.get(instructionId);
  if (event.type === 'InstructionIssued') {
    // Issued is said once: delivered again, it must not make what happened since unsaid.
    return instruction === undefined ? withInstruction(scope, instructionId, issued(event.data)) : scope;
  }
  return instruction === undefined
    ? scope
    : withInstruction(scope, instructionId, evolveIssued(instruction, event));
};
