import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { decideFromHistory, decisionLaws, runs } from '../testing';

describe('a decision, for every history that can happen', () => {
  for (const { number, title, property } of decisionLaws) {
    it(`law ${number}: ${title}`, () => {
      fc.assert(property(decideFromHistory), runs(150));
    });
  }
});
