import { describe, expect, it } from '@jest/globals';
import {
  decideProcessing,
  evolveScope,
  type Country,
  type ContractScope,
  type MandateEvent,
  type ProcessingOperation,
} from '@mandate/domain';
import { contractEvents, dataSetEvents, legalDateOf, nth } from '@mandate/domain/testing';
import { epochMillisecondsOf, positionOf, type StoreId } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { CompiledScope } from './compiled-scope';

const [contractId, dataSetId, issuerId] = [nth.contractId(1), nth.dataSetId(1), nth.issuerId(1)];
const start = legalDateOf('2026-03-01', 'Europe/Warsaw');
const sampled = <T>(arbitrary: fc.Arbitrary<T>): T => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!;
const letters = 'A B C D E F G H I J'.split(' ');
const countries = letters.flatMap((one) => letters.map((other) => `${one}${other}`)) as [
  Country,
  ...Country[],
];

const concluded = sampled(contractEvents.ContractConcluded);
const entrusted = sampled(dataSetEvents.DataSetEntrusted);
const allowing = { purposes: ['delivery'], categories: ['recipient-contact'], channels: ['e-mail'] } as const;
const document = { ...concluded.data.terms.document, receivedAt: start.at };
const terms = { ...concluded.data.terms, ...allowing, countries, document };
const content = {
  ...{ issuerId, evidence: document, legalBasis: 'art-6-1-a-consent', interval: { from: start.at } },
  grants: [{ ...allowing, clause: '1', dataSets: 'all', countries }],
};
const events = [
  { ...concluded, data: { ...concluded.data, contractId, startsAt: start, issuers: [issuerId], terms } },
  { ...entrusted, data: { ...entrusted.data, contractId, dataSetId, categories: ['recipient-contact'] } },
  {
    type: 'InstructionIssued',
    data: { contractId, instructionId: nth.instructionId(1), entitlement: 'authorised', content },
  },
] as unknown as readonly MandateEvent[];
const scope = events.reduce<ContractScope | undefined>(evolveScope, undefined)!;
const asked: Omit<ProcessingOperation, 'country'> = {
  ...{ operation: 'process', contractId, dataSetId, purpose: 'delivery', channel: 'e-mail' },
  categories: ['recipient-contact'],
};

describe('a data set that is handled in very many places', () => {
  it('has cells in some of them, however often it is asked about, and the same answers in all', () => {
    const compiled = new CompiledScope(
      scope,
      positionOf('11111111-1111-4111-8111-111111111111' as StoreId, 3),
      { gives: 'permits' },
    );
    const atMs = epochMillisecondsOf(start.at);
    for (const country of [...countries, ...countries]) {
      const request = { ...asked, country };
      expect(decideProcessing(request, scope, start.at).decision).toBe('allow');
      expect(compiled.allows(request, atMs)).toBe(true);
    }
    const withCells = countries.filter(
      (country) => compiled.cellsFor({ ...asked, country }, atMs) !== undefined,
    );
    expect(withCells).toEqual(countries.slice(0, 64));
    expect(compiled.permit({ ...asked, country: countries[99]! }, atMs).decision).toBe('allow');
  });
});
