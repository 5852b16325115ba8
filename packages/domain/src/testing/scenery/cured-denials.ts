import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import type { ContractTerms } from '../../contract';
import type { MandateEvent } from '../../event';
import type { DenialCode, ProcessingOperation } from '../../processing-decision';
import type { InstructionContent } from '../../processing-instruction';
import { dataSetEvents } from '../data-set-messages';
import { nth } from '../ids';
import type { MandateCommand } from '../world';
import {
  amendment,
  announcement,
  authorisation,
  closing,
  conclusion,
  dismissal,
  notice,
  noticeWithdrawal,
  objection,
  resumption,
  subProcessorId,
  suspension,
  termination,
  writtenAgreement,
} from './contract-story';
import { afterwards, entrusting, restricting, takingBack, unrestricting } from './data-set-story';
import {
  amending,
  confirming,
  content,
  contesting,
  grant,
  instructedFrom,
  issuance,
  otherInstructionId,
  pausing,
  refusing,
  resuming,
  superseding,
  withdrawing,
} from './instruction-story';
import {
  contractId,
  dataSetId,
  day,
  germany,
  noonOf,
  otherContractId,
  signedAt,
  strangerId,
  today,
  unitedStates,
} from './papers';

const yesterday = noonOf('2026-02-01');
const [otherDataSetId, newInstructionId] = [nth.dataSetId(2), nth.instructionId(3)];

/** What is asked, where it differs from the delivery of a message today. */
export interface Asked {
  readonly request?: Partial<Omit<ProcessingOperation, 'operation'>> & { readonly operation?: string };
  readonly at?: Instant;
}

/** How a reason comes to stand, and how it goes away again: by commands, or by asking for something else. */
export interface CuredDenial extends Asked {
  readonly instruction?: MandateCommand;
  readonly trouble?: readonly MandateCommand[];
  /** What no command leads to within one day. */
  readonly recorded?: readonly MandateEvent[];
  readonly commands?: readonly MandateCommand[];
  readonly instead?: Asked;
}

const changed = (command: MandateCommand, change: object): MandateCommand =>
  ({ ...command, data: { ...command.data, ...change } }) as MandateCommand;

const newContract = changed(conclusion().command, { contractId: otherContractId });
const newDataSet = changed(entrusting({ categories: ['recipient-contact', 'message-content'] }).command, {
  dataSetId: otherDataSetId,
});
const anotherDataSet = { commands: [newDataSet], instead: { request: { dataSetId: otherDataSetId } } };
const newInstruction = (written = content()): MandateCommand =>
  changed(issuance(written).command, { instructionId: newInstructionId });
const dataSetEvent = (type: 'DataSetDeleted' | 'DeletionOrdered'): MandateEvent => {
  const [event] = fc.sample<MandateEvent>(dataSetEvents[type], { seed: 1, numRuns: 1 });
  return { ...event, data: { ...event?.data, contractId, dataSetId } } as MandateEvent;
};

const wider = (change: Partial<ContractTerms>): readonly MandateCommand[] => [
  amendment(today, change).command,
];
const through = { subProcessorId };
const authorised = [writtenAgreement(today).command];
const special = { categories: ['health'], foundIn: 'message-content' } as const;
const announced = announcement(day('2026-03-10')).command;
const issuedWith = (change: Partial<InstructionContent>): MandateCommand => issuance(content(change)).command;

/**
 * One for every reason that a decision can give; a forgotten one does not compile. `scope-not-current` is none of them:
 * there the history itself has to be put right.
 */
export const curedDenials: Readonly<Record<Exclude<DenialCode, 'scope-not-current'>, CuredDenial>> = {
  'contract-unknown': { request: { contractId: otherContractId }, commands: [newContract] },
  'contract-not-started': { at: noonOf('2025-12-20'), instead: { at: today } },
  'contract-ended': { trouble: [notice().command], at: afterwards, commands: [noticeWithdrawal.command] },
  'contract-closed': {
    trouble: [termination(day('2026-02-01')).command, closing().command],
    commands: [newContract],
    instead: { request: { contractId: otherContractId } },
  },
  'contract-not-ended': {
    request: { operation: 'erase' },
    commands: [termination(day('2026-02-01')).command],
  },
  'contract-suspended': {
    trouble: [suspension(yesterday).command],
    commands: [resumption(today).command],
  },
  'purpose-of-the-processor': {
    request: { purpose: 'model-training' },
    instead: { request: { purpose: 'delivery' } },
  },
  'purpose-outside-the-contract': {
    request: { purpose: 'security' },
    commands: wider({ purposes: ['delivery', 'security'] }),
  },
  'category-outside-the-contract': {
    request: { categories: ['technical-metadata'] },
    commands: wider({ categories: ['technical-metadata'] }),
  },
  'channel-outside-the-contract': { request: { channel: 'push' }, commands: wider({ channels: ['push'] }) },
  'country-outside-the-contract': {
    request: { country: unitedStates },
    commands: wider({ countries: [unitedStates] }),
  },
  'data-set-unknown': { request: { dataSetId: otherDataSetId }, commands: [newDataSet] },
  'data-set-deleted': { recorded: [dataSetEvent('DataSetDeleted')], ...anotherDataSet },
  'data-set-restricted': {
    trouble: [restricting(yesterday).command],
    commands: [unrestricting(today).command],
  },
  'data-set-withdrawn': { trouble: [takingBack(day('2026-02-01')).command], ...anotherDataSet },
  'data-set-being-deleted': { recorded: [dataSetEvent('DeletionOrdered')], ...anotherDataSet },
  'category-not-entrusted': {
    request: { categories: ['message-content'] },
    commands: [newDataSet],
    instead: { request: { categories: ['message-content'], dataSetId: otherDataSetId } },
  },
  'sub-processor-unknown': { request: through, commands: authorised },
  'sub-processor-objected': {
    trouble: [announced, objection(today).command],
    request: through,
    commands: authorised,
  },
  'sub-processor-not-usable': { trouble: [announced], request: through, commands: authorised },
  'sub-processor-country': {
    trouble: [writtenAgreement(yesterday).command],
    request: { ...through, country: germany },
    commands: [dismissal(today).command, changed(writtenAgreement(today).command, { countries: [germany] })],
  },
  'special-category-outside-content': {
    request: { special: { ...special, foundIn: 'recipient-contact' } },
    instead: { request: {} },
  },
  'special-category-for-analytics': {
    request: { special, purpose: 'analytics', categories: ['message-content'] },
    instead: { request: { special, purpose: 'delivery', categories: ['message-content'] } },
  },
  'not-instructed': {
    request: { channel: 'sms' },
    commands: [newInstruction(content({ grants: [grant({ channels: ['sms'] })] }))],
  },
  'issuer-not-authorised': {
    instruction: issuedWith({ issuerId: strangerId }),
    commands: [
      authorisation(strangerId, { from: signedAt }).command,
      newInstruction(content({ issuerId: strangerId })),
    ],
  },
  'instruction-not-yet-effective': {
    instruction: issuedWith({ interval: { from: noonOf('2026-03-01') } }),
    commands: [newInstruction()],
  },
  'instruction-expired': {
    instruction: issuedWith({ interval: { from: instructedFrom, until: yesterday } }),
    commands: [amending(today).command],
  },
  'instruction-suspended': {
    trouble: [pausing(yesterday).command],
    commands: [resuming(today).command],
  },
  'instruction-contested': {
    trouble: [contesting(yesterday).command],
    commands: [confirming(today).command],
  },
  'instruction-withdrawn': {
    trouble: [withdrawing(yesterday).command],
    commands: [newInstruction()],
  },
  'instruction-refused': {
    trouble: [contesting(yesterday).command, refusing(today).command],
    commands: [newInstruction()],
  },
  'instruction-superseded': {
    trouble: [
      changed(newInstruction(), { instructionId: otherInstructionId }),
      superseding(yesterday).command,
      changed(withdrawing(yesterday).command, { instructionId: otherInstructionId }),
    ],
    commands: [newInstruction()],
  },
};
