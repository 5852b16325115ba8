import fc from 'fast-check';
import type { ReadOutcome } from './read-outcomes';

/** Bytes of a log, and what has to come of them. */
export interface WrittenLog {
  readonly bytes: Buffer;
  readonly outcomes: readonly ReadOutcome[];
}

export const byteOrderMark = Buffer.from('\uFEFF');

export const lineEnds = fc.constantFrom('\n', '\r\n');

/** Texts of what is easily cut or taken for something else. */
export const awkwardTexts = fc.string({
  unit: fc.constantFrom('a', ' ', 'ż', '🦉', '"', ',', '|', '\r', '\n', '\uFEFF'),
});

/** Sizes of pieces: mostly small, so that everything is cut once. */
export const pieceSizes = fc
  .array(fc.oneof(fc.nat({ max: 4 }), fc.integer({ min: 5, max: 90 })), { minLength: 1, maxLength: 6 })
  .filter((sizes) => sizes.some((size) => size > 0));
