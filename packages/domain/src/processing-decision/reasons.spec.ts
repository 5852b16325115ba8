import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContractTerms } from '../contract';
import type { Grant, InstructionContent } from '../processing-instruction';
import type { ContractScope, DataSetScope, InstructionScope, SubProcessorScope } from '../processing-scope';
import { arbitraryValues, nth, nthDigest } from '../testing';
import type { Clause, Country, Evidence, Reference } from '../vocabulary';
import { decide } from './decide';
import type { DenialCode, DenialReason } from './reasons';
import type { CustodyOperation, ProcessingOperation, ProcessingRequest } from './request';

const [before, start, noon, later] = ['02-01T00', '03-01T00', '03-15T12', '04-01T00'].map(
  (hour) => `2026-${hour}:00:00.000Z`,
) as readonly string[] as readonly [Instant, Instant, Instant, Instant];
const [PL, US] = ['PL', 'US'] as readonly string[] as readonly [Country, Country];
const [anyTerms] = fc.sample(arbitraryValues.contractTerms, { seed: 1, numRuns: 1 });

const signed: Evidence = {
  digest: nthDigest(1),
  medium: 'signed-document',
  reference: 'file/1' as Reference,
  receivedAt: start,
};
const clause = '1' as Clause;
const contractId = nth.contractId(1);
const dataSetId = nth.dataSetId(1);
const instructionId = nth.instructionId(1);
const subProcessorId = nth.subProcessorId(1);
const issuerId = nth.issuerId(1);

const terms = {
  ...anyTerms!,
  purposes: ['delivery', 'analytics'],
  categories: ['recipient-contact', 'message-content'],
  channels: ['e-mail'],
  countries: [PL],
} as const;
const grant: Grant = {
  clause,
  purposes: terms.purposes,
  categories: terms.categories,
  channels: terms.channels,
  dataSets: 'all',
  countries: terms.countries,
};
const content: InstructionContent = {
  issuerId,
  evidence: signed,
  grants: [grant],
  legalBasis: 'art-6-1-a-consent',
  specialCategories: { categories: ['health'], basis: 'art-9-2-a-explicit-consent' },
  interval: { from: start },
};
const instruction: InstructionScope = {
  instructionId,
  entitlement: 'authorised',
  versions: [{ version: 1, effectiveAt: start, content }],
  suspensions: [],
  contests: [],
  endings: [],
};
const dataSet: DataSetScope = {
  dataSetId,
  categories: terms.categories,
  restrictions: [],
  isDeletionOrdered: false,
  isDeleted: false,
};
const subProcessor: SubProcessorScope = {
  uses: [{ interval: { from: start }, countries: [PL] }],
  isObjected: false,
};
/** A contract since March, with one data set, one instruction and one sub-processor: everything is in order. */
const scope: ContractScope = {
  contractId,
  controllerId: nth.controllerId(1),
  startsAt: start,
  isClosed: false,
  terms: [{ effectiveAt: start, terms }],
  suspensions: [],
  issuers: [{ issuerId, interval: { from: start } }],
  subProcessors: new Map([[subProcessorId, subProcessor]]),
  instructions: new Map([[instructionId, instruction]]),
  dataSets: new Map([[dataSetId, dataSet]]),
};
const request: ProcessingOperation = {
  operation: 'process',
  contractId,
  dataSetId,
  purpose: 'delivery',
  categories: ['recipient-contact'],
  channel: 'e-mail',
  country: PL,
};

const withTerms = (change: Partial<ContractTerms>): ContractScope => ({
  ...scope,
  terms: [{ effectiveAt: start, terms: { ...terms, ...change } }],
});
const withDataSet = (change: Partial<DataSetScope>): ContractScope => ({
  ...scope,
  dataSets: new Map([[dataSetId, { ...dataSet, ...change }]]),
});
const withSubProcessor = (change: Partial<SubProcessorScope>): ContractScope => ({
  ...scope,
  subProcessors: new Map([[subProcessorId, { ...subProcessor, ...change }]]),
});
const withInstruction = (change: Partial<InstructionScope>): ContractScope => ({
  ...scope,
  instructions: new Map([[instructionId, { ...instruction, ...change }]]),
});
const withVersion = (effectiveAt: Instant, change: Partial<InstructionContent>): ContractScope =>
  withInstruction({ versions: [{ version: 1, effectiveAt, content: { ...content, ...change } }] });

/** The one thing that is not in order; the rest is as above. */
interface Example {
  readonly request?: Partial<ProcessingOperation> | CustodyOperation;
  readonly scope?: ContractScope;
  readonly at?: Instant;
  /** What the reason says beside its code. */
  readonly says?: object;
}

const through = { subProcessorId };
const covering = { category: 'recipient-contact', instructionId, clause };
/** The clause covers the request, and does not count. */
const blocked = (within: ContractScope): Example => ({ scope: within, says: covering });
/** The request is to be carried out by a sub-processor that may not do so. */
const passedOn = (change: Partial<SubProcessorScope>, says: object = {}): Example => ({
  request: through,
  scope: withSubProcessor(change),
  says: { ...through, ...says },
});
const [mail, contact, body] = ['e-mail', 'recipient-contact', 'message-content'] as const;
const ownPurpose = 'model-training';
const unknown = nth.subProcessorId(2);

// `scope-not-current` is not here: it is said by a read model that cannot follow the history, never by the decision.
const examples: Readonly<Record<Exclude<DenialCode, 'scope-not-current'>, Example>> = {
  'contract-unknown': { request: { contractId: nth.contractId(2) } },
  'contract-not-started': {
    scope: withVersion(before, { interval: { from: before } }),
    at: before,
    says: { startsAt: start },
  },
  'contract-ended': { scope: { ...scope, recordedEnd: noon }, says: { endedAt: noon } },
  'contract-closed': { scope: { ...scope, isClosed: true } },
  'contract-not-ended': { request: { operation: 'erase', contractId, dataSetId } },
  'contract-suspended': { scope: { ...scope, suspensions: [{ from: noon }] } },
  'purpose-of-the-processor': { request: { purpose: ownPurpose }, says: { purpose: ownPurpose } },
  'purpose-outside-the-contract': {
    scope: withTerms({ purposes: ['analytics'] }),
    says: { purpose: 'delivery' },
  },
  'category-outside-the-contract': { scope: withTerms({ categories: [body] }), says: { category: contact } },
  'channel-outside-the-contract': { scope: withTerms({ channels: ['sms'] }), says: { channel: mail } },
  'country-outside-the-contract': { scope: withTerms({ countries: [US] }), says: { country: PL } },
  'data-set-unknown': { request: { dataSetId: nth.dataSetId(2) } },
  'data-set-deleted': { scope: withDataSet({ isDeleted: true }) },
  'data-set-restricted': { scope: withDataSet({ restrictions: [{ from: noon }] }) },
  'data-set-withdrawn': { scope: withDataSet({ withdrawnFrom: noon }), says: { withdrawnFrom: noon } },
  'data-set-being-deleted': { scope: withDataSet({ isDeletionOrdered: true }) },
  'category-not-entrusted': { scope: withDataSet({ categories: [body] }), says: { category: contact } },
  'sub-processor-unknown': { request: { subProcessorId: unknown }, says: { subProcessorId: unknown } },
  'sub-processor-objected': passedOn({ isObjected: true }),
  'sub-processor-not-usable': passedOn(
    { uses: [{ interval: { from: later }, countries: [PL] }], windowClosesAt: later },
    { windowClosesAt: later },
  ),
  'sub-processor-country': passedOn(
    { uses: [{ interval: { from: start }, countries: [US] }] },
    { country: PL },
  ),
  'special-category-outside-content': {
    request: { special: { categories: ['health'], foundIn: contact } },
  },
  'special-category-for-analytics': {
    request: {
      purpose: 'analytics',
      categories: [body],
      special: { categories: ['health'], foundIn: body },
    },
  },
  'not-instructed': {
    scope: withVersion(start, { grants: [{ ...grant, channels: ['sms'] }] }),
    says: { category: 'recipient-contact', nearest: { instructionId, clause, lacks: ['channel'] } },
  },
  'issuer-not-authorised': blocked(withInstruction({ entitlement: 'unknown-issuer' })),
  'instruction-not-yet-effective': blocked(withVersion(later, {})),
  'instruction-expired': blocked(withVersion(start, { interval: { from: start, until: noon } })),
  'instruction-suspended': blocked(withInstruction({ suspensions: [{ from: noon }] })),
  'instruction-contested': blocked(
    withInstruction({ contests: [{ interval: { from: noon }, clauses: [clause] }] }),
  ),
  'instruction-withdrawn': blocked(withInstruction({ endings: [{ ending: 'withdrawn', at: noon }] })),
  'instruction-refused': blocked(withInstruction({ endings: [{ ending: 'refused', at: noon }] })),
  'instruction-superseded': blocked(withInstruction({ endings: [{ ending: 'superseded', at: noon }] })),
};

const cases = Object.entries<Example>(examples).map(([code, example]) => {
  const asked = { ...request, ...example.request } as ProcessingRequest;
  const reason = { reason: code, ...example.says } as DenialReason;
  return { code, reason, asked, within: example.scope ?? scope, at: example.at ?? noon };
});

describe('a request is denied for one reason', () => {
  it('only where something is not in order', () => {
    expect(decide(request, scope, noon)).toMatchObject({ decision: 'allow' });
    expect(decide({ ...request, subProcessorId }, scope, noon)).toMatchObject({ decision: 'allow' });
  });

  it.each(cases)('$code', ({ reason, asked, within, at }) => {
    expect(decide(asked, within, at)).toEqual({ decision: 'deny', reasons: [reason] });
  });
});
