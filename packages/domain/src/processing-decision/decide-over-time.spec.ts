import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import type { Grant, InstructionContent } from '../processing-instruction';
import { evolveScope, type ContractScope } from '../processing-scope';
import {
  clockChanges,
  contractEvents,
  dataSetEvents,
  legalDateOf,
  nth,
  nthDigest,
  shifted,
} from '../testing';
import type { Clause, Country, LegalDate } from '../vocabulary';
import { decide } from './decide';
import type { ProcessingOperation } from './request';

const contractId = nth.contractId(1);
const dataSetId = nth.dataSetId(1);
const instructionId = nth.instructionId(1);
const issuerId = nth.issuerId(1);
const subProcessorId = nth.subProcessorId(1);
const start = legalDateOf('2026-03-01', 'Europe/Warsaw');
const [PL, DE] = ['PL', 'DE'] as readonly string[] as readonly [Country, Country];

/** Any event of a type, with what matters here put in. */
const anyEvent = <Event extends MandateEvent>(
  arbitrary: fc.Arbitrary<Event>,
  data: Partial<Event['data']>,
): Event => {
  const [event] = fc.sample(arbitrary, { seed: 1, numRuns: 1 });
  return { ...event!, data: { ...event!.data, ...data } };
};

const agreed = anyEvent(contractEvents.ContractConcluded, {}).data.terms;
const terms = {
  ...agreed,
  purposes: ['delivery'],
  categories: ['recipient-contact'],
  channels: ['e-mail'],
  countries: [PL, DE],
} as const;
const concluded = anyEvent(contractEvents.ContractConcluded, {
  contractId,
  startsAt: start,
  issuers: [issuerId],
  terms: { ...terms, document: { ...agreed.document, receivedAt: start.at } },
});
const entrusted = anyEvent(dataSetEvents.DataSetEntrusted, {
  contractId,
  dataSetId,
  categories: ['recipient-contact'],
});
const grant: Grant = {
  clause: '1' as Clause,
  purposes: ['delivery'],
  categories: ['recipient-contact'],
  channels: ['e-mail'],
  dataSets: 'all',
  countries: [PL, DE],
};
const content: InstructionContent = {
  issuerId,
  evidence: { ...agreed.document, digest: nthDigest(1), receivedAt: start.at },
  grants: [grant],
  legalBasis: 'art-6-1-f-legitimate-interests',
  interval: { from: start.at },
};
const issued = (interval = content.interval): MandateEvent => ({
  type: 'InstructionIssued',
  data: { contractId, instructionId, entitlement: 'authorised', content: { ...content, interval } },
});
const announcedUntil = (objectionUntil: LegalDate): MandateEvent =>
  anyEvent(contractEvents.SubProcessorAnnounced, {
    contractId,
    subProcessorId,
    countries: [PL],
    objectionUntil,
  });

const through = { subProcessorId };
const request: ProcessingOperation = {
  operation: 'process',
  contractId,
  dataSetId,
  purpose: 'delivery',
  categories: ['recipient-contact'],
  channel: 'e-mail',
  country: PL,
};

/** What is answered at an instant: the version of the instruction, or the reasons against it. */
const answerAt = (
  events: readonly MandateEvent[],
  at: Instant,
  asked: Partial<ProcessingOperation> = {},
): string => {
  const scope = [concluded, entrusted, ...events].reduce<ContractScope | undefined>(evolveScope, undefined);
  const decision = decide({ ...request, ...asked }, scope, at);
  return decision.decision === 'deny'
    ? decision.reasons.map(({ reason }) => reason).join(', ')
    : decision.bases
        .map((basis) => (basis.kind === 'instruction' ? `version ${basis.version}` : ''))
        .join(', ');
};

/** The answers a millisecond before an instant and at it. */
const around = (
  events: readonly MandateEvent[],
  at: Instant,
  asked: Partial<ProcessingOperation> = {},
): readonly [string, string] => [answerAt(events, shifted(at, -1), asked), answerAt(events, at, asked)];

const [spring, autumn] = clockChanges;
// The days of 23 and of 25 hours begin and end at other hours of UTC.
const boundaries: readonly (readonly [string, Instant])[] = [
  ['the clocks go forward', spring],
  ['the clocks go back', autumn],
  ['the day of 23 hours begins', legalDateOf('2026-03-29', 'Europe/Warsaw').at],
  ['the day of 23 hours ends', legalDateOf('2026-03-30', 'Europe/Warsaw').at],
  ['the day of 25 hours ends', legalDateOf('2026-10-26', 'Europe/Warsaw').at],
  ['the leap day begins', legalDateOf('2028-02-29', 'Europe/Warsaw').at],
];

describe.each(boundaries)('to the millisecond, when %s', (_when, at) => {
  it('an instruction begins at its first instant, and ends before the last one named', () => {
    expect(around([issued({ from: at })], at)).toEqual(['instruction-not-yet-effective', 'version 1']);
    expect(around([issued({ from: start.at, until: at })], at)).toEqual(['version 1', 'instruction-expired']);
    const instant = { from: at, until: shifted(at, 1) };
    expect(around([issued(instant)], shifted(at, 1))).toEqual(['version 1', 'instruction-expired']);
  });

  it('a suspension and the end of one leave neither gap nor overlap', () => {
    const suspended = anyEvent(contractEvents.ContractSuspended, { contractId, effectiveAt: at });
    const resumed = anyEvent(contractEvents.ContractResumed, { contractId, effectiveAt: shifted(at, 5) });
    const events = [issued(), suspended, resumed];
    expect(around(events, at)).toEqual(['version 1', 'contract-suspended']);
    expect(around(events, shifted(at, 5))).toEqual(['contract-suspended', 'version 1']);
  });

  it('a contract ends', () => {
    const endedAt = { ...start, at };
    const terminated = anyEvent(contractEvents.ContractTerminated, { contractId, endedAt });
    expect(around([issued(), terminated], at)).toEqual(['version 1', 'contract-ended']);
  });

  it('another version of an instruction, and other terms of the contract, take over', () => {
    const narrower = { ...content, grants: [{ ...grant, countries: [PL] as const }] as const };
    const reworded: MandateEvent = {
      type: 'InstructionAmended',
      data: { contractId, instructionId, effectiveAt: at, content: narrower },
    };
    expect(around([issued(), reworded], at)).toEqual(['version 1', 'version 2']);
    expect(around([issued(), reworded], at, { country: DE })).toEqual(['version 1', 'not-instructed']);
    const amended = anyEvent(contractEvents.ContractAmended, {
      contractId,
      effectiveAt: at,
      terms: { ...terms, countries: [PL] },
    });
    expect(around([issued(), amended], at)).toEqual(['version 1', 'version 1']);
    expect(around([issued(), amended], at, { country: DE })).toEqual([
      'version 1',
      'country-outside-the-contract',
    ]);
  });

  it('a sub-processor may be used once its window has closed, and no longer once it is dismissed', () => {
    const announced = announcedUntil({ ...start, at });
    const dismissed = anyEvent(contractEvents.SubProcessorDismissed, {
      contractId,
      subProcessorId,
      effectiveAt: shifted(at, 5),
    });
    const events = [issued(), announced, dismissed];
    expect(around(events, at, through)).toEqual(['sub-processor-not-usable', 'version 1']);
    expect(around(events, shifted(at, 5), through)).toEqual(['version 1', 'sub-processor-not-usable']);
    expect(answerAt(events, at, { ...through, country: DE })).toBe('sub-processor-country');
  });
});

describe('a sub-processor', () => {
  const window = legalDateOf('2026-04-15', 'Europe/Warsaw');
  const announced = announcedUntil(window);

  it('to which the controller objected is not used, also after the window', () => {
    const objected = anyEvent(contractEvents.SubProcessorObjected, { contractId, subProcessorId });
    expect(around([issued(), announced, objected], window.at, through)).toEqual([
      'sub-processor-objected',
      'sub-processor-objected',
    ]);
  });

  it('that the controller authorised is used from then on, before the window closes, and only where it said', () => {
    const effectiveAt = shifted(window.at, -86_400_000);
    const authorised = anyEvent(contractEvents.SubProcessorAuthorised, {
      contractId,
      subProcessorId,
      countries: [DE],
      effectiveAt,
    });
    const events = [issued(), announced, authorised];
    expect(around(events, effectiveAt, { ...through, country: DE })).toEqual([
      'sub-processor-not-usable',
      'version 1',
    ]);
    expect(answerAt(events, effectiveAt, through)).toBe('sub-processor-country');
    expect(answerAt(events, window.at, through)).toBe('version 1');
  });
});

describe('an instruction given under a right to instruct that was taken away', () => {
  it('counts when it was received before, to the millisecond', () => {
    const revoked = (effectiveAt: Instant): MandateEvent =>
      anyEvent(contractEvents.IssuerRevoked, { contractId, issuerId, effectiveAt });
    expect(answerAt([issued(), revoked(shifted(start.at, 1))], autumn)).toBe('version 1');
    expect(answerAt([issued(), revoked(start.at)], autumn)).toBe('issuer-not-authorised');
  });
});
