import type { Instant } from '@mandate/event-sourcing';
import {
  processingInstruction,
  type Grant,
  type InstructionCommand,
  type InstructionContent,
  type InstructionEvent,
  type InstructionFacts,
  type InstructionRejection,
  type IssueInstruction,
} from '../../processing-instruction';
import { contract } from '../../contract';
import type { Clause, InstructionId, IssuerId } from '../../vocabulary';
import { nth } from '../ids';
import { concluded, type ContractStory } from './contract-story';
import { contractId, instructionId, issuerId, noonOf, paper, poland, today } from './papers';
import { afterStory, stateAfter, type Sequel, type Story, type Told } from './told';

export type ToldOfInstruction = Told<InstructionCommand, InstructionEvent>;
export type InstructionStory = Story<InstructionCommand, InstructionEvent>;

export const otherInstructionId: InstructionId = nth.instructionId(2);
export const instructedFrom: Instant = noonOf('2026-01-20');

export const grant = (change: Partial<Grant> = {}): Grant => ({
  clause: '1' as Clause,
  purposes: ['delivery'],
  categories: ['recipient-contact', 'message-content'],
  channels: ['e-mail'],
  dataSets: 'all',
  countries: [poland],
  ...change,
});

export const content = (change: Partial<InstructionContent> = {}): InstructionContent => ({
  issuerId,
  evidence: paper(noonOf('2026-01-10')),
  grants: [grant()],
  legalBasis: 'art-6-1-a-consent',
  interval: { from: instructedFrom },
  ...change,
});

type Entitlement = 'authorised' | 'unknown-issuer';

export const issuance = (
  written: InstructionContent = content(),
  entitlement: Entitlement = 'authorised',
): ToldOfInstruction => ({
  command: { type: 'IssueInstruction', data: { contractId, instructionId, content: written } },
  event: { type: 'InstructionIssued', data: { contractId, instructionId, entitlement, content: written } },
});

/** The same, with something else written in the command. */
export const issuing = (change: Partial<IssueInstruction['data']>): ToldOfInstruction => {
  const { command, event } = issuance();
  return { command: { ...command, data: { ...command.data, ...change } } as InstructionCommand, event };
};

/** With a controller that asserts no legal basis. */
export const withoutLegalBasis: ToldOfInstruction = issuing({
  content: { ...content(), legalBasis: 'none-asserted' },
});

const told = (
  commandType: Exclude<InstructionCommand['type'], 'IssueInstruction'>,
  event: InstructionEvent,
): ToldOfInstruction => ({
  // Apart from the first, a command to an instruction says what its event will say.
  command: { type: commandType, data: event.data } as InstructionCommand,
  event,
});

const about = { contractId, instructionId };

export const amending = (effectiveAt: Instant, written: InstructionContent = content()): ToldOfInstruction =>
  told('AmendInstruction', {
    type: 'InstructionAmended',
    data: { ...about, effectiveAt, content: written },
  });

export const pausing = (effectiveAt: Instant): ToldOfInstruction =>
  told('SuspendInstruction', { type: 'InstructionSuspended', data: { ...about, effectiveAt } });

export const resuming = (effectiveAt: Instant): ToldOfInstruction =>
  told('ResumeInstruction', { type: 'InstructionResumed', data: { ...about, effectiveAt } });

export const contesting = (
  effectiveAt: Instant,
  clauses: 'all' | readonly [Clause] = 'all',
  controllerInformedAt: Instant = today,
): ToldOfInstruction =>
  told('ContestInstruction', {
    type: 'InstructionContested',
    data: { ...about, effectiveAt, clauses, ground: 'gdpr', opinion: paper(), controllerInformedAt },
  });

export const confirming = (
  effectiveAt: Instant,
  from: IssuerId = issuerId,
  answer = paper(),
): ToldOfInstruction =>
  told('ConfirmInstruction', {
    type: 'InstructionConfirmed',
    data: { ...about, effectiveAt, issuerId: from, answer },
  });

export const refusing = (effectiveAt: Instant): ToldOfInstruction =>
  told('RefuseInstruction', {
    type: 'InstructionRefused',
    data: { ...about, effectiveAt, ground: 'gdpr', notice: paper() },
  });

export const withdrawing = (
  effectiveAt: Instant,
  from: IssuerId = issuerId,
  withdrawal = paper(),
): ToldOfInstruction =>
  told('WithdrawInstruction', {
    type: 'InstructionWithdrawn',
    data: { ...about, effectiveAt, issuerId: from, withdrawal },
  });

export const superseding = (
  effectiveAt: Instant,
  supersededBy: InstructionId = otherInstructionId,
): ToldOfInstruction =>
  told('SupersedeInstruction', {
    type: 'InstructionSuperseded',
    data: { ...about, effectiveAt, supersededBy },
  });

export const issued: InstructionStory = [issuance()];

/** The moment, with the contract as a story of its own tells it. */
export const instructionFacts = (
  contractStory: ContractStory = concluded,
  now: Instant = today,
): InstructionFacts => ({ now, contract: stateAfter(contract, contractStory) });

const after = afterStory(processingInstruction);

/** Goes on with the story of the instruction. */
export const instructionAfter = (
  story: InstructionStory,
  facts: InstructionFacts = instructionFacts(),
): Sequel<InstructionCommand, InstructionEvent, InstructionRejection> => after(story, facts);
