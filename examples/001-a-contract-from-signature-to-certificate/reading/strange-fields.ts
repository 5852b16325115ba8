import type { DecodeIssue } from '@mandate/event-sourcing';
import { fieldIn } from './field-path';

/** Every field that nobody asked for. Left in silence it would be taken for one that counts. */
export const strangeFieldsOf = (owner: object, path: string, known: readonly string[]): DecodeIssue[] => {
  const strange = Object.keys(owner).filter((name) => !known.includes(name));
  const paths = new Set(strange.map((name) => fieldIn(path, name)));
  const expected = `only ${known.length === 1 ? 'the field' : 'the fields'} ${known.join(', ')}`;
  return [...paths].map((place) => ({ path: place, expected, found: 'another one' }));
};
