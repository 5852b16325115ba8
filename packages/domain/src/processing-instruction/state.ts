import type { Instant } from '@mandate/event-sourcing';
import { earlierOf, type Clause, type ContractId, type InstructionId } from '../vocabulary';
import type { InstructionContent } from './content';
import type { InstructionEvent, IssuerEntitlement } from './events';

/** From an instant on, these clauses are not followed. */
export interface Contest {
  readonly from: Instant;
  readonly clauses: 'all' | readonly Clause[];
}

/** Whether a contest says everything that another one would say. */
export const doesCover = (contest: Contest, { from, clauses }: Contest): boolean =>
  contest.from <= from &&
  (contest.clauses === 'all' ||
    (clauses !== 'all' && clauses.every((clause) => contest.clauses.includes(clause))));

export interface InstructionVersion {
  readonly effectiveAt: Instant;
  readonly content: InstructionContent;
}

/** An instruction on record, as far as later decisions depend on it. */
export interface InstructionRecord {
  readonly instructionId: InstructionId;
  readonly contractId: ContractId;
  readonly entitlement: IssuerEntitlement;
  /** In order; each holds from its instant until the next one's. */
  readonly versions: readonly InstructionVersion[];
  readonly supersedes?: InstructionId;
  readonly suspendedAt?: Instant;
  /** When the last resumption takes effect; the next suspension comes after it. */
  readonly resumedAt?: Instant;
  /** Contests that wait for the answer of the controller; one answer settles all of them. */
  readonly contests: readonly Contest[];
}

/** Why an instruction is over for good. That its interval ran out is seen from the clock, not from an event. */
export type InstructionEnding = 'withdrawn' | 'superseded' | 'refused';

export type ProcessingInstruction =
  | { readonly status: 'none' }
  | { readonly status: 'issued'; readonly record: InstructionRecord }
  | {
      readonly status: 'ended';
      readonly record: InstructionRecord;
      readonly ending: InstructionEnding;
      readonly endedAt: Instant;
      readonly supersededBy?: InstructionId;
    };

export const initialInstruction: ProcessingInstruction = { status: 'none' };

const withRecord = (
  instruction: ProcessingInstruction,
  change: (record: InstructionRecord) => InstructionRecord,
): ProcessingInstruction =>
  instruction.status === 'none' ? instruction : { ...instruction, record: change(instruction.record) };

const uncontested = (record: InstructionRecord): InstructionRecord => ({ ...record, contests: [] });

const unsuspended = ({ suspendedAt: _suspendedAt, ...record }: InstructionRecord): InstructionRecord =>
  record;

const ended = (
  instruction: ProcessingInstruction,
  ending: InstructionEnding,
  endedAt: Instant,
): ProcessingInstruction =>
  instruction.status === 'none' || (instruction.status === 'ended' && instruction.endedAt <= endedAt)
    ? instruction
    : { status: 'ended', record: instruction.record, ending, endedAt };

/** When the last open contest begins; an answer takes effect after it. */
export const contestedAt = ({ contests }: InstructionRecord): Instant | undefined =>
  contests
    .map(({ from }) => from)
    .toSorted()
    .at(-1);

export const evolve = (
  instruction: ProcessingInstruction,
  event: InstructionEvent,
): ProcessingInstruction => {
  switch (event.type) {
    case 'InstructionIssued': {
      const { instructionId, contractId, entitlement, content, supersedes } = event.data;
      const versions = [{ effectiveAt: content.interval.from, content }];
      return {
        status: 'issued',
        record: {
          instructionId,
          contractId,
          entitlement,
          versions,
          contests: [],
          ...(supersedes === undefined ? {} : { supersedes }),
        },
      };
    }
    case 'InstructionAmended': {
      const { effectiveAt, content } = event.data;
      return withRecord(instruction, (record) => ({
        ...uncontested(record),
        versions: [
          ...record.versions.filter((earlier) => earlier.effectiveAt < effectiveAt),
          { effectiveAt, content },
        ],
      }));
    }
    case 'InstructionSuspended': {
      const { effectiveAt } = event.data;
      return withRecord(instruction, (record) => ({
        ...record,
        suspendedAt: earlierOf(record.suspendedAt, effectiveAt),
      }));
    }
    case 'InstructionResumed': {
      const { effectiveAt } = event.data;
      return withRecord(instruction, (record) => ({
        ...unsuspended(record),
        resumedAt: effectiveAt,
      }));
    }
    case 'InstructionContested': {
      const { effectiveAt: from, clauses } = event.data;
      return withRecord(instruction, (record) => ({
        ...record,
        contests: [...record.contests, { from, clauses }],
      }));
    }
    case 'InstructionConfirmed':
      return withRecord(instruction, uncontested);
    case 'InstructionRefused':
      return ended(instruction, 'refused', event.data.effectiveAt);
    case 'InstructionWithdrawn':
      return ended(instruction, 'withdrawn', event.data.effectiveAt);
    case 'InstructionSuperseded': {
      const superseded = ended(instruction, 'superseded', event.data.effectiveAt);
      return superseded !== instruction && superseded.status === 'ended'
        ? { ...superseded, supersededBy: event.data.supersededBy }
        : superseded;
    }
  }
};
