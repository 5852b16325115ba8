import { channels, dataCategories, purposes } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import { sampleUuid } from '../sample/sample-events';

/** What one instruction of a sample contract allows: every combination, while it lasts. */
export interface SampleInstruction {
  readonly number: number;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly channels: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
}

export interface SampleContract {
  readonly contractId: string;
  readonly dataSetId: string;
  readonly instructions: readonly SampleInstruction[];
}

export const instructionsPerContract = 5;
/** When every sample contract starts. */
export const startOfSample = '2026-01-01T00:00:00.000Z' as Instant;

/** The instant that everything is asked about: within every interval. */
export const askedAt = '2026-06-15T12:00:00.000Z' as Instant;

/** Numbers that look random, and are the same in every run (mulberry32). */
export const chanceOf = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

const twoOf = (words: readonly string[], chance: (below: number) => number): readonly string[] => {
  const first = chance(words.length);
  const second = (first + 1 + chance(words.length - 1)) % words.length;
  return [first, second].sort((one, other) => one - other).map((index) => words[index] ?? '');
};

export const sampleContract = (number: number): SampleContract => {
  const chance = chanceOf(number);
  return {
    contractId: sampleUuid('contract', number),
    dataSetId: sampleUuid('data-set-of', number),
    instructions: Array.from({ length: instructionsPerContract }, (_, index) => ({
      number: number * instructionsPerContract + index,
      purposes: twoOf(purposes, chance),
      categories: twoOf(dataCategories, chance),
      channels: twoOf(channels, chance),
      from: `2026-0${1 + chance(5)}-01T00:00:00.000Z` as Instant,
      until: `2027-0${1 + chance(9)}-01T00:00:00.000Z` as Instant,
    })),
  };
};
