import {
  eventCodec,
  instantCodec,
  recordCodec,
  type EventCodec,
  type EventSchemas,
} from '@mandate/event-sourcing';
import * as t from 'io-ts';
import {
  clause,
  contestGround,
  contractId,
  evidence,
  instructionId,
  issuerId,
  nonEmpty,
} from '../vocabulary';
import { instructionContent } from './content';
import type * as Events from './events';
import type { InstructionEvent } from './events';

/** How instruction events are kept; a forgotten event or field does not compile. */
export const instructionEventSchemas: EventSchemas<InstructionEvent> = {
  InstructionIssued: {
    data: recordCodec<Events.InstructionIssued['data']>(
      'InstructionIssued',
      {
        contractId,
        instructionId,
        entitlement: t.union([t.literal('authorised'), t.literal('unknown-issuer')]),
        content: instructionContent,
      },
      { supersedes: instructionId },
    ),
  },
  InstructionAmended: {
    data: recordCodec<Events.InstructionAmended['data']>('InstructionAmended', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
      content: instructionContent,
    }),
  },
  InstructionSuspended: {
    data: recordCodec<Events.InstructionSuspended['data']>('InstructionSuspended', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
    }),
  },
  InstructionResumed: {
    data: recordCodec<Events.InstructionResumed['data']>('InstructionResumed', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
    }),
  },
  InstructionContested: {
    data: recordCodec<Events.InstructionContested['data']>('InstructionContested', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
      clauses: t.union([t.literal('all'), nonEmpty(clause)]),
      ground: contestGround,
      opinion: evidence,
      controllerInformedAt: instantCodec,
    }),
  },
  InstructionConfirmed: {
    data: recordCodec<Events.InstructionConfirmed['data']>('InstructionConfirmed', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
      issuerId,
      answer: evidence,
    }),
  },
  InstructionRefused: {
    data: recordCodec<Events.InstructionRefused['data']>('InstructionRefused', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
      ground: contestGround,
      notice: evidence,
    }),
  },
  InstructionWithdrawn: {
    data: recordCodec<Events.InstructionWithdrawn['data']>('InstructionWithdrawn', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
      issuerId,
      withdrawal: evidence,
    }),
  },
  InstructionSuperseded: {
    data: recordCodec<Events.InstructionSuperseded['data']>('InstructionSuperseded', {
      contractId,
      instructionId,
      effectiveAt: instantCodec,
      supersededBy: instructionId,
    }),
  },
};

export const instructionEventCodec: EventCodec<InstructionEvent> =
  eventCodec<InstructionEvent>(instructionEventSchemas);
