import type { Instant } from '@mandate/event-sourcing';
import type { ContractId, InstructionId } from '../vocabulary';
import type { InstructionContent } from './content';
import type { InstructionEvent, IssuerEntitlement } from './events';

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
  /** When the last suspension or resumption takes effect; the next one comes after it. */
  readonly lastInterruptionAt?: Instant;
  readonly contestedAt?: Instant;
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

const uncontested = ({ contestedAt: _contestedAt, ...record }: InstructionRecord): InstructionRecord =>
  record;

const unsuspended = ({ suspendedAt: _suspendedAt, ...record }: InstructionRecord): InstructionRecord =>
  record;

const ended = (
  instruction: ProcessingInstruction,
  ending: InstructionEnding,
  endedAt: Instant,
): ProcessingInstruction =>
  instruction.status === 'issued' ? { ...instruction, status: 'ended', ending, endedAt } : instruction;

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
        suspendedAt: effectiveAt,
        lastInterruptionAt: effectiveAt,
      }));
    }
    case 'InstructionResumed': {
      const { effectiveAt } = event.data;
      return withRecord(instruction, (record) => ({
        ...unsuspended(record),
        lastInterruptionAt: effectiveAt,
      }));
    }
    case 'InstructionContested': {
      const { effectiveAt } = event.data;
      return withRecord(instruction, (record) => ({ ...record, contestedAt: effectiveAt }));
    }
    case 'InstructionConfirmed':
      return withRecord(instruction, uncontested);
    case 'InstructionRefused':
      return ended(instruction, 'refused', event.data.effectiveAt);
    case 'InstructionWithdrawn':
      return ended(instruction, 'withdrawn', event.data.effectiveAt);
    case 'InstructionSuperseded': {
      const superseded = ended(instruction, 'superseded', event.data.effectiveAt);
      return superseded.status === 'ended'
        ? { ...superseded, supersededBy: event.data.supersededBy }
        : superseded;
    }
  }
};
