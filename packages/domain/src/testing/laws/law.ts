import fc from 'fast-check';
import type { Decide } from '../decide-from-history';

/** A sentence about every decision, as a property of whatever decides. Numbered as in the catalogue of laws. */
export interface Law {
  readonly number: number;
  /** Reads on from the name of what decides: "allows nothing on an empty history". */
  readonly title: string;
  readonly property: (decide: Decide) => fc.IProperty<[unknown]>;
}

/** A law over inputs of one kind; `check` throws where it is broken. */
export const law = <Input>(
  number: number,
  title: string,
  input: fc.Arbitrary<Input>,
  check: (decide: Decide, input: Input) => void,
): Law => ({
  number,
  title,
  property: (decide) => fc.property(input, (found) => check(decide, found)),
});
