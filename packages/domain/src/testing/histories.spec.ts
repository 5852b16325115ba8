import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import type { DenialCode } from '../processing-decision';
import { mandateEventCodec } from '../streams';
import { decideFromHistory } from './decide-from-history';
import { histories } from './histories';
import type { History } from './history';
import { inquiries } from './inquiries';

// Shares are measured on one sample, so that they are facts about the generator and not about today's luck.
const seed = 20_261_025;
const sample = fc.sample(histories(), { seed, numRuns: 800 });
const inquired = fc.sample(inquiries(), { seed, numRuns: 800 });

const answers = inquired.flatMap(({ history, questions }) =>
  questions.map((question) => ({ question, decision: decideFromHistory(history, question) })),
);
const shareOf = <Item>(items: readonly Item[], isMeant: (item: Item) => boolean): number =>
  items.filter(isMeant).length / items.length;

const typesIn = (history: History): readonly MandateEvent['type'][] => history.map(({ event }) => event.type);

describe('random histories', () => {
  it('contain every type of event', () => {
    const found = new Set(sample.flatMap(typesIn));
    expect(mandateEventCodec.types.filter((type) => !found.has(type))).toEqual([]);
  });

  it('are recorded in the order of time', () => {
    const isInOrder = (history: History): boolean =>
      history.every(
        ({ recordedAt }, index) => index === 0 || String(history[index - 1]?.recordedAt) <= recordedAt,
      );
    expect(sample.every(isInOrder)).toBe(true);
  });

  it('begin every contract with its conclusion, and conclude none twice', () => {
    const isWellBegun = (history: History): boolean => {
      const concluded = new Set<string>();
      return history.every(({ event: { type, data } }) => {
        if (type !== 'ContractConcluded') return concluded.has(data.contractId);
        const isNew = !concluded.has(data.contractId);
        concluded.add(data.contractId);
        return isNew;
      });
    };
    expect(sample.every(isWellBegun)).toBe(true);
  });

  it('tell of several contracts, some of them of the same controller', () => {
    const controllersIn = (history: History): readonly string[] =>
      history.flatMap(({ event }) => (event.type === 'ContractConcluded' ? [event.data.controllerId] : []));
    expect(shareOf(sample, (history) => controllersIn(history).length > 1)).toBeGreaterThan(0.4);
    const hasOneTwice = (history: History): boolean =>
      new Set(controllersIn(history)).size < controllersIn(history).length;
    expect(shareOf(sample, hasOneTwice)).toBeGreaterThan(0.2);
  });

  it('hold instructions of unknown issuers, and some that supersede another', () => {
    const issued = sample.flatMap((history) =>
      history.flatMap(({ event }) => (event.type === 'InstructionIssued' ? [event.data] : [])),
    );
    expect(shareOf(issued, ({ entitlement }) => entitlement === 'unknown-issuer')).toBeGreaterThan(0.05);
    expect(shareOf(issued, ({ supersedes }) => supersedes !== undefined)).toBeGreaterThan(0.02);
  });

  it('shrink to what a reader needs', () => {
    const restrictsNothing = fc.property(
      histories(),
      (history) => !typesIn(history).includes('DataSetRestricted'),
    );
    const { counterexample } = fc.check(restrictsNothing, { seed, numRuns: 1000 });
    expect(counterexample?.map(typesIn)).toEqual([
      ['ContractConcluded', 'DataSetEntrusted', 'InstructionIssued', 'DataSetRestricted'],
    ]);
  });
});

// Typed as a record, so that a code without a place here does not compile.
const isDecided: Readonly<Record<DenialCode, boolean>> = {
  'contract-unknown': true,
  // Said by a reader that cannot follow the history, never by the decision itself.
  'scope-not-current': false,
  'contract-not-started': true,
  'contract-ended': true,
  'contract-closed': true,
  'contract-not-ended': true,
  'contract-suspended': true,
  'purpose-of-the-processor': true,
  'purpose-outside-the-contract': true,
  'category-outside-the-contract': true,
  'channel-outside-the-contract': true,
  'country-outside-the-contract': true,
  'data-set-unknown': true,
  'data-set-deleted': true,
  'data-set-restricted': true,
  'data-set-withdrawn': true,
  'data-set-being-deleted': true,
  'category-not-entrusted': true,
  'sub-processor-unknown': true,
  'sub-processor-objected': true,
  'sub-processor-not-usable': true,
  'sub-processor-country': true,
  'special-category-outside-content': true,
  'special-category-for-analytics': true,
  'not-instructed': true,
  'issuer-not-authorised': true,
  'instruction-not-yet-effective': true,
  'instruction-expired': true,
  'instruction-suspended': true,
  'instruction-contested': true,
  'instruction-withdrawn': true,
  'instruction-refused': true,
  'instruction-superseded': true,
};

describe('random questions about them', () => {
  it('are answered with an allow by a quarter or more', () => {
    expect(shareOf(answers, ({ decision }) => decision.decision === 'allow')).toBeGreaterThan(0.25);
  });

  it('are answered with an allow to process by a fifth or more of the requests to process', () => {
    const requests = answers.filter(({ question }) => question.request.operation === 'process');
    expect(shareOf(requests, ({ decision }) => decision.decision === 'allow')).toBeGreaterThan(0.2);
  });

  it('are denied for every reason that there is', () => {
    const found = new Set(
      answers.flatMap(({ decision }) =>
        decision.decision === 'allow' ? [] : decision.reasons.map(({ reason }) => reason),
      ),
    );
    const expected = Object.entries(isDecided).filter(([, decided]) => decided);
    expect([...found].toSorted()).toEqual(expected.map(([code]) => code).toSorted());
  });

  it('are often denied for one reason alone, so that the rule behind it decides', () => {
    const denials = answers.filter(({ decision }) => decision.decision === 'deny');
    const isAlone = ({ decision }: (typeof answers)[number]): boolean =>
      decision.decision === 'deny' && decision.reasons.length === 1;
    expect(shareOf(denials, isAlone)).toBeGreaterThan(0.4);
  });
});
