import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideFromHistory,
  decisionLaws,
  plantedMistakes,
  storedAndRead,
  storingKeepsDecisions,
  type Law,
  type PlantedMistake,
} from '../testing';

// One seed, so that whether a mistake is found is no matter of luck; nobody reads the example, so none is shrunk.
const attempt = { seed: 20_260_329, numRuns: 6000, endOnFailure: true } as const;

const found = new Map<string, boolean>();

/** Whether a law notices a mistake; each pair is tried once. */
const notices = (law: Law, mistake: PlantedMistake): boolean => {
  const pair = `${law.title} / ${mistake.title}`;
  const known = found.get(pair) ?? fc.check(law.property(mistake.decide), attempt).failed;
  found.set(pair, known);
  return known;
};

const numbered = (number: number): readonly Law[] => decisionLaws.filter((law) => law.number === number);

describe('the laws notice a decision that', () => {
  for (const mistake of plantedMistakes) {
    it(`${mistake.title} (laws ${mistake.breaks.join(', ')})`, () => {
      const blind = mistake.breaks.filter((number) => !numbered(number).some((law) => notices(law, mistake)));
      expect(blind).toEqual([]);
    });
  }
});

describe('every law can fail', () => {
  for (const law of decisionLaws.filter(({ number }) => number !== 27)) {
    it(`law ${law.number}: ${law.title}`, () => {
      const suspects = plantedMistakes.filter(({ breaks }) => breaks.includes(law.number));
      expect(suspects.some((mistake) => notices(law, mistake))).toBe(true);
    });
  }

  it('law 27, where reading an event loses the end of an interval', () => {
    const forgetful = storingKeepsDecisions((event) => {
      if (event.type !== 'InstructionIssued') return storedAndRead(event);
      const { content } = event.data;
      const interval = { from: content.interval.from };
      return { ...event, data: { ...event.data, content: { ...content, interval } } };
    });
    expect(fc.check(forgetful.property(decideFromHistory), attempt).failed).toBe(true);
  });
});
