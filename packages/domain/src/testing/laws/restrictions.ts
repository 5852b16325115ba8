import type { ContractEvent } from '../../contract';
import type { MandateEvent } from '../../event';
import type { InstructionId } from '../../vocabulary';
import { dayAfter } from '../calendar';
import type { Dice } from '../dice';
import type { History } from '../history';
import { nth } from '../ids';
import type { Question } from '../inquiries';
import { besides, boundaryInstants, shifted } from '../instants';
import { endOf } from '../reference-model-facts';
import { nthDigest } from '../values';

/** The types of events that only ever take something away from what may be processed. */
export const restrictingTypes = [
  'ContractSuspended',
  'TerminationNoticeGiven',
  'ContractTerminated',
  'ContractClosed',
  'IssuerRevoked',
  'SubProcessorObjected',
  'SubProcessorDismissed',
  'InstructionSuspended',
  'InstructionContested',
  'InstructionRefused',
  'InstructionWithdrawn',
  'InstructionSuperseded',
  'DataSetRestricted',
  'DataSetWithdrawn',
  'DeletionOrdered',
  'DataSetDeleted',
] as const satisfies readonly MandateEvent['type'][];

type Restriction = Extract<MandateEvent, { readonly type: (typeof restrictingTypes)[number] }>;
type Builders = {
  readonly [Type in Restriction['type']]: () => Extract<Restriction, { readonly type: Type }>['data'];
};

/** A restriction that concerns the request of a question, at or beside the instant that it asks for. */
export const someRestriction = (
  history: History,
  { request, validAt }: Question,
  dice: Dice,
): MandateEvent => {
  const { contractId, dataSetId } = request;
  const own = history.map(({ event }) => event).filter(({ data }) => data.contractId === contractId);
  const issued = own.flatMap((event) =>
    event.type === 'InstructionIssued' ? [event.data.instructionId] : [],
  );
  const instructionId: InstructionId = dice.pickOr(issued, nth.instructionId(1));
  const subProcessorId =
    request.operation === 'process' && request.subProcessorId !== undefined
      ? request.subProcessorId
      : nth.subProcessorId(dice.number(3) + 1);
  const effectiveAt = dice.pick([...besides(validAt), dice.pickOr(boundaryInstants, validAt)]);
  const paper = {
    digest: nthDigest(0xbad),
    medium: 'api',
    reference: 'file/restriction' as never,
    receivedAt: shifted(validAt, -1),
  } as const;
  // A second notice would replace the first; it restricts only where it ends the contract sooner.
  const known = endOf(own);
  const proposed = dayAfter(effectiveAt, 0, 'Europe/Warsaw');
  const endsAt = known !== undefined && known < proposed.at ? { ...proposed, at: known } : proposed;
  const builders: Builders = {
    ContractSuspended: () => ({ contractId, effectiveAt, ground: 'agreement' }),
    TerminationNoticeGiven: () => ({ contractId, endsAt, ground: 'agreement', notice: paper }),
    ContractTerminated: () => ({ contractId, endedAt: endsAt, ground: 'agreement' }),
    ContractClosed: () => ({
      contractId,
      certificateId: nth.certificateId(1),
      certificateDigest: nthDigest(1),
      status: 'complete',
    }),
    IssuerRevoked: () => ({ contractId, issuerId: nth.issuerId(dice.number(3) + 1), effectiveAt }),
    SubProcessorObjected: () => ({ contractId, subProcessorId, objection: paper }),
    SubProcessorDismissed: () => ({ contractId, subProcessorId, effectiveAt }),
    InstructionSuspended: () => ({ contractId, instructionId, effectiveAt }),
    InstructionContested: () => ({
      contractId,
      instructionId,
      effectiveAt,
      clauses: 'all',
      ground: 'gdpr',
      opinion: paper,
      controllerInformedAt: effectiveAt,
    }),
    InstructionRefused: () => ({ contractId, instructionId, effectiveAt, ground: 'gdpr', notice: paper }),
    InstructionWithdrawn: () => ({
      contractId,
      instructionId,
      effectiveAt,
      issuerId: nth.issuerId(1),
      withdrawal: paper,
    }),
    InstructionSuperseded: () => ({
      contractId,
      instructionId,
      effectiveAt,
      supersededBy: nth.instructionId(0xbad),
    }),
    DataSetRestricted: () => ({ contractId, dataSetId, effectiveAt, ground: 'controller-instruction' }),
    DataSetWithdrawn: () => ({
      contractId,
      dataSetId,
      issuerId: nth.issuerId(1),
      endsAt: proposed,
      withdrawal: paper,
    }),
    DeletionOrdered: () => ({
      contractId,
      dataSetId,
      choice: 'delete',
      deadline: endsAt,
      recipients: 0,
      stores: ['message-archive' as never],
    }),
    DataSetDeleted: () => ({ contractId, dataSetId, deletedAt: effectiveAt }),
  };
  const type = dice.pick(restrictingTypes);
  return { type, data: builders[type]() } as ContractEvent;
};
