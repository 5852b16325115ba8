import type { Instant } from '@mandate/event-sourcing';
import type {
  Clause,
  ContestGround,
  ContractId,
  Evidence,
  InstructionId,
  IssuerId,
  NonEmpty,
} from '../vocabulary';
import type { InstructionContent } from './content';

/** Whether the issuer was entitled to instruct when the instruction was received. */
export type IssuerEntitlement = 'authorised' | 'unknown-issuer';

/** The controller instructed the processor in writing; by an unknown issuer it is recorded, never effective. */
export interface InstructionIssued {
  readonly type: 'InstructionIssued';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly entitlement: IssuerEntitlement;
    readonly content: InstructionContent;
    readonly supersedes?: InstructionId;
  };
}

/** The controller changed the instruction; the new version holds from `effectiveAt` on. */
export interface InstructionAmended {
  readonly type: 'InstructionAmended';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
    readonly content: InstructionContent;
  };
}

/** The controller paused the instruction from `effectiveAt` on. */
export interface InstructionSuspended {
  readonly type: 'InstructionSuspended';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
  };
}

/** The instruction is in effect again from `effectiveAt` on. */
export interface InstructionResumed {
  readonly type: 'InstructionResumed';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
  };
}

/** The processor told the controller that clauses infringe the law, and does nothing of them meanwhile. */
export interface InstructionContested {
  readonly type: 'InstructionContested';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
    readonly clauses: 'all' | NonEmpty<Clause>;
    readonly ground: ContestGround;
    readonly opinion: Evidence;
    readonly controllerInformedAt: Instant;
  };
}

/** The controller insisted on the contested instruction, and the processor follows it from `effectiveAt` on. */
export interface InstructionConfirmed {
  readonly type: 'InstructionConfirmed';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
    readonly issuerId: IssuerId;
    readonly answer: Evidence;
  };
}

/** The processor will not follow the contested instruction; the parties may end the contract over it. */
export interface InstructionRefused {
  readonly type: 'InstructionRefused';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
    readonly ground: ContestGround;
    readonly notice: Evidence;
  };
}

/** The controller took the instruction back from `effectiveAt` on. */
export interface InstructionWithdrawn {
  readonly type: 'InstructionWithdrawn';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
    readonly issuerId: IssuerId;
    readonly withdrawal: Evidence;
  };
}

/** A later instruction takes the place of this one from `effectiveAt` on. */
export interface InstructionSuperseded {
  readonly type: 'InstructionSuperseded';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly effectiveAt: Instant;
    readonly supersededBy: InstructionId;
  };
}

export type InstructionEvent =
  | InstructionIssued
  | InstructionAmended
  | InstructionSuspended
  | InstructionResumed
  | InstructionContested
  | InstructionConfirmed
  | InstructionRefused
  | InstructionWithdrawn
  | InstructionSuperseded;
