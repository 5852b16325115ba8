import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import type { Grant, InstructionContent } from '../processing-instruction';
import { evolveScope, type ContractScope } from '../processing-scope';
import { contractEvents, dataSetEvents, legalDateOf, nth, nthDigest } from '../testing';
import type { Clause, Country, Evidence, Reference } from '../vocabulary';
import { decide, type ProcessingDecision } from './decide';
import type { ProcessingOperation } from './request';

const contractId = nth.contractId(1);
const dataSetId = nth.dataSetId(1);
const [first, second] = [nth.instructionId(1), nth.instructionId(2)];
const start = legalDateOf('2026-03-01', 'Europe/Warsaw');
const noon = '2026-03-15T12:00:00.000Z' as Instant;
const [PL, DE] = ['PL', 'DE'] as readonly string[] as readonly [Country, Country];

const paper = (number: number): Evidence => ({
  digest: nthDigest(number),
  medium: 'signed-document',
  reference: `file/${number}` as Reference,
  receivedAt: start.at,
});

/** Any event of a type, with what matters here put in. */
const anyEvent = <Event extends MandateEvent>(
  arbitrary: fc.Arbitrary<Event>,
  data: Partial<Event['data']>,
): Event => {
  const [event] = fc.sample(arbitrary, { seed: 1, numRuns: 1 });
  return { ...event!, data: { ...event!.data, ...data } };
};

const agreed = anyEvent(contractEvents.ContractConcluded, {});
const concluded = anyEvent(contractEvents.ContractConcluded, {
  contractId,
  startsAt: start,
  issuers: [nth.issuerId(1)],
  terms: {
    ...agreed.data.terms,
    purposes: ['delivery', 'analytics'],
    categories: ['recipient-contact', 'message-content', 'technical-metadata'],
    channels: ['e-mail', 'sms'],
    countries: [PL, DE],
  },
});
const entrusted = anyEvent(dataSetEvents.DataSetEntrusted, {
  contractId,
  dataSetId,
  categories: ['recipient-contact', 'message-content'],
});

const grant: Grant = {
  clause: '1' as Clause,
  purposes: ['delivery'],
  categories: ['recipient-contact'],
  channels: ['e-mail'],
  dataSets: 'all',
  countries: [PL],
};
const content: InstructionContent = {
  issuerId: nth.issuerId(1),
  evidence: paper(1),
  grants: [grant],
  legalBasis: 'art-6-1-a-consent',
  interval: { from: start.at },
};
const issued = (change: Partial<InstructionContent> = {}, instructionId = first): MandateEvent => ({
  type: 'InstructionIssued',
  data: { contractId, instructionId, entitlement: 'authorised', content: { ...content, ...change } },
});

const scopeOf = (...events: readonly MandateEvent[]): ContractScope | undefined =>
  [concluded, entrusted, ...events].reduce<ContractScope | undefined>(evolveScope, undefined);

const request: ProcessingOperation = {
  operation: 'process',
  contractId,
  dataSetId,
  purpose: 'delivery',
  categories: ['recipient-contact'],
  channel: 'e-mail',
  country: PL,
};

const codesOf = (decision: ProcessingDecision): readonly string[] =>
  decision.decision === 'allow' ? ['allow'] : decision.reasons.map(({ reason }) => reason);

describe('processing', () => {
  it('is allowed on a clause of an instruction, whose version and document the answer names', () => {
    const cited = { instructionId: first, version: 1, clause: '1', evidenceDigest: nthDigest(1) };
    const bases = [{ kind: 'instruction', category: 'recipient-contact', ...cited }];
    expect(decide(request, scopeOf(issued()), noon)).toEqual({ decision: 'allow', bases });
  });

  it('rests on a clause for each category, of whichever instruction has it', () => {
    const grants = [{ ...grant, clause: '7' as Clause, categories: ['message-content'] }] as const;
    const scope = scopeOf(issued(), issued({ grants, evidence: paper(2) }, second));
    const categories = ['recipient-contact', 'message-content', 'recipient-contact'] as const;
    expect(decide({ ...request, categories }, scope, noon)).toMatchObject({
      decision: 'allow',
      bases: [
        { instructionId: first, clause: '1', category: 'recipient-contact', evidenceDigest: nthDigest(1) },
        { instructionId: second, clause: '7', category: 'message-content', evidenceDigest: nthDigest(2) },
      ],
    });
  });

  it('of several categories is denied when one of them is not instructed', () => {
    const categories = ['recipient-contact', 'message-content'] as const;
    const reasons = [{ reason: 'not-instructed', category: 'message-content' }];
    expect(decide({ ...request, categories }, scopeOf(issued()), noon)).toMatchObject({ reasons });
  });

  it('of what sending creates needs an instruction, but nothing was entrusted for it', () => {
    const asked = { ...request, categories: ['technical-metadata'] } as const;
    const grants = [{ ...grant, categories: ['technical-metadata'] }] as const;
    expect(codesOf(decide(asked, scopeOf(issued({ grants })), noon))).toEqual(['allow']);
    expect(codesOf(decide(asked, scopeOf(issued()), noon))).toEqual(['not-instructed']);
  });

  it('does not put a request together from several clauses that each cover half of it', () => {
    const other = { purposes: ['analytics'], channels: ['sms'], countries: [DE] } as const;
    const scope = scopeOf(issued({ grants: [{ ...grant, ...other, clause: '2' as Clause }, grant] }));
    const asOther = { ...request, purpose: 'analytics', channel: 'sms', country: DE } as const;
    expect(codesOf(decide(asOther, scope, noon))).toEqual(['allow']);
    expect(decide({ ...request, channel: 'sms' }, scope, noon)).toMatchObject({
      reasons: [{ reason: 'not-instructed', nearest: { clause: '1', lacks: ['channel'] } }],
    });
  });

  it('of a data set that the clause does not name is not instructed', () => {
    const scope = scopeOf(issued({ grants: [{ ...grant, dataSets: [nth.dataSetId(2)] }] }));
    expect(decide(request, scope, noon)).toMatchObject({ reasons: [{ nearest: { lacks: ['data-set'] } }] });
  });

  it('without any instruction has no nearest clause either', () => {
    const reasons = [{ reason: 'not-instructed', category: 'recipient-contact' }];
    expect(decide(request, scopeOf(), noon)).toEqual({ decision: 'deny', reasons });
  });

  it('is denied with all reasons at once', () => {
    const suspended = anyEvent(contractEvents.ContractSuspended, { contractId, effectiveAt: noon });
    const restricted = anyEvent(dataSetEvents.DataSetRestricted, {
      contractId,
      dataSetId,
      effectiveAt: noon,
    });
    const asked = { ...request, country: 'US' as Country, subProcessorId: nth.subProcessorId(1) };
    expect(codesOf(decide(asked, scopeOf(issued(), suspended, restricted), noon))).toEqual([
      'contract-suspended',
      'country-outside-the-contract',
      'data-set-restricted',
      'sub-processor-unknown',
      'not-instructed',
    ]);
  });

  it('for a purpose of the processor is denied without a search for an instruction', () => {
    const asked = { ...request, purpose: 'own-marketing', channel: 'voice' } as const;
    expect(codesOf(decide(asked, scopeOf(issued()), noon))).toEqual([
      'purpose-of-the-processor',
      'channel-outside-the-contract',
    ]);
  });

  it('under another contract is denied, whatever this one allows', () => {
    const asked = { ...request, contractId: nth.contractId(2) };
    expect(codesOf(decide(asked, scopeOf(issued()), noon))).toEqual(['contract-unknown']);
  });
});

describe('special categories', () => {
  const special = { categories: ['health'], foundIn: 'message-content' } as const;
  const asked: ProcessingOperation = { ...request, categories: ['message-content'], special };
  const grants = [
    { ...grant, purposes: ['delivery', 'analytics'], categories: ['recipient-contact', 'message-content'] },
  ] as const;
  const declared = { categories: ['health'], basis: 'art-9-2-a-explicit-consent' } as const;
  const scope = scopeOf(issued({ grants, specialCategories: declared }));

  it('are allowed in content, where the controller declared them with its basis', () => {
    expect(codesOf(decide(asked, scope, noon))).toEqual(['allow']);
  });

  it('that were not declared are not instructed', () => {
    const others = { specialCategories: { ...declared, categories: ['genetic-data'] } } as const;
    for (const declaration of [{}, others]) {
      expect(decide(asked, scopeOf(issued({ grants, ...declaration })), noon)).toMatchObject({
        reasons: [{ reason: 'not-instructed', nearest: { lacks: ['special-category'] } }],
      });
    }
  });

  it('must all be declared, not some of them', () => {
    const both = { ...special, categories: ['health', 'genetic-data'] } as const;
    expect(codesOf(decide({ ...asked, special: both }, scope, noon))).toEqual(['not-instructed']);
  });

  it('need no declaration for the other categories of the same request', () => {
    const contact = issued({ grants: [{ ...grant, purposes: ['delivery'] }] }, second);
    const body = issued({
      grants: [{ ...grants[0], categories: ['message-content'] }],
      specialCategories: declared,
    });
    const both = { ...asked, categories: ['recipient-contact', 'message-content'] } as const;
    expect(codesOf(decide(both, scopeOf(contact, body), noon))).toEqual(['allow']);
  });

  it.each(['recipient-contact', 'technical-metadata'] as const)('are not accepted in %s', (foundIn) => {
    const elsewhere = { ...asked, categories: [foundIn], special: { ...special, foundIn } } as const;
    expect(codesOf(decide(elsewhere, scope, noon))).toContain('special-category-outside-content');
  });

  it('said to be in content are not accepted where no content is asked for', () => {
    const elsewhere = { ...asked, categories: ['recipient-contact'] } as const;
    expect(codesOf(decide(elsewhere, scope, noon))).toEqual(['special-category-outside-content']);
  });

  it('are never analysed', () => {
    const analysed = { ...asked, purpose: 'analytics' } as const;
    expect(codesOf(decide(analysed, scope, noon))).toEqual(['special-category-for-analytics']);
    const { special: _special, ...ordinary } = analysed;
    expect(codesOf(decide(ordinary, scope, noon))).toEqual(['allow']);
  });
});
