import type { Instant } from '@mandate/event-sourcing';
import type { ContractTerms } from '../../contract';
import type { MandateEvent } from '../../event';
import type { ProcessingOperation } from '../../processing-decision';
import * as v from '../../vocabulary';
import { legalDateOf } from '../calendar';
import { followedBy, type History } from '../history';
import { nth } from '../ids';
import { nthDigest } from '../values';

/** When the one contract, its one instruction and its one suspension hold. */
export interface PlainTerm {
  readonly contract: v.Interval;
  readonly instruction: v.Interval;
  readonly suspended?: v.Interval;
}

const contractId = nth.contractId(1);
const instructionId = nth.instructionId(1);
const dataSetId = nth.dataSetId(1);
const poland = ['PL' as v.Country] as const;

const anyDay = legalDateOf('2026-01-01', 'Europe/Warsaw');

/** A document that was received at an instant. */
export const paper = (number: number, receivedAt: Instant): v.Evidence => ({
  digest: nthDigest(number),
  medium: 'electronic-signature',
  reference: `file/${number}` as v.Reference,
  receivedAt,
});

/** Terms that allow everything, in Poland. */
export const plainTermsOf = (document: v.Evidence): ContractTerms => ({
  purposes: v.purposes,
  categories: v.dataCategories,
  channels: v.channels,
  countries: poland,
  document,
  deletion: {
    mode: 'crypto-shredding-and-erasure',
    deadline: { unit: 'days', count: 30 },
    zone: 'Europe/Warsaw' as v.TimeZone,
    backupRetention: { unit: 'days', count: 35 },
  },
});

/** The simplest history in which something is allowed: what `plainRequest` asks for, while everything holds. */
export const plainHistory = (
  { contract, instruction, suspended }: PlainTerm,
  recordedAt: Instant,
): History => {
  const received = contract.from < instruction.from ? contract.from : instruction.from;
  const events: readonly MandateEvent[] = [
    {
      type: 'ContractConcluded',
      data: {
        contractId,
        controllerId: nth.controllerId(1),
        processorId: nth.processorId(1),
        startsAt: { ...anyDay, at: contract.from },
        terms: plainTermsOf(paper(1, received)),
        endOfService: 'delete',
        issuers: [nth.issuerId(1)],
      },
    },
    {
      type: 'DataSetEntrusted',
      data: {
        contractId,
        dataSetId,
        source: 'controller',
        categories: ['recipient-contact'],
        recipients: 1,
        manifestDigest: nthDigest(2),
        region: poland[0],
        stores: [{ name: 'message-archive' as v.StoreName, kind: 'database', region: poland[0] }],
      },
    },
    {
      type: 'InstructionIssued',
      data: {
        contractId,
        instructionId,
        entitlement: 'authorised',
        content: {
          issuerId: nth.issuerId(1),
          evidence: paper(3, received),
          grants: [
            {
              clause: '1' as v.Clause,
              purposes: ['delivery'],
              categories: ['recipient-contact'],
              channels: ['e-mail'],
              dataSets: 'all',
              countries: poland,
            },
          ],
          legalBasis: 'art-6-1-a-consent',
          interval: instruction,
        },
      },
    },
  ];
  const suspension: readonly MandateEvent[] =
    suspended === undefined
      ? []
      : [
          {
            type: 'ContractSuspended',
            data: { contractId, effectiveAt: suspended.from, ground: 'agreement' },
          },
          { type: 'ContractResumed', data: { contractId, effectiveAt: suspended.until ?? suspended.from } },
        ];
  const end: readonly MandateEvent[] =
    contract.until === undefined
      ? []
      : [
          {
            type: 'ContractTerminated',
            data: { contractId, endedAt: { ...anyDay, at: contract.until }, ground: 'agreement' },
          },
        ];
  return followedBy([], [...events, ...suspension, ...end], recordedAt);
};

/** What the instruction of a plain history covers. */
export const plainRequest: ProcessingOperation = {
  operation: 'process',
  contractId,
  dataSetId,
  purpose: 'delivery',
  categories: ['recipient-contact'],
  channel: 'e-mail',
  country: poland[0],
};
