import { instantOf } from '@mandate/processor';
import { createHash } from 'node:crypto';
import { kindsOfSends, type SendKind } from './kinds-of-sends';

/** Somebody who does not exist, as the log names them. The check never looks at these columns. */
export const madeUpPerson = (
  number: number,
): Readonly<Record<'recipient' | 'phone' | 'subject', string>> => ({
  recipient: `zoé.canary-${number}@example.com`,
  phone: `+330000${String(number).padStart(5, '0')}`,
  subject: `Bonjour Zoé Canarî nº ${number} 🦉`,
});

/** A line of the log, and what kind of send it is. */
export interface PlannedLine {
  readonly kind: SendKind;
  readonly text: string;
}

/** From 0 on, below 1; the same for the same seed and words. */
const chance = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join('/')).digest().readUInt32BE(0) / 2 ** 32;

const timesOf = ({ name, count, from, until }: SendKind, seed: number): readonly number[] => {
  const [begins, ends] = [Date.parse(from), Date.parse(until)];
  return Array.from({ length: count }, (_, index) =>
    Math.floor(begins + chance(seed, name, index) * (ends - begins)),
  );
};

/** The send log of six weeks in the order of time; the same seed gives the same bytes. */
export const sendLog = (seed: number): readonly PlannedLine[] =>
  kindsOfSends
    .flatMap((kind) => timesOf(kind, seed).map((at) => ({ kind, at })))
    .toSorted((one, other) => one.at - other.at)
    .map(({ kind, at }, index) => {
      const record = { sent_at: instantOf(at), ...madeUpPerson(index + 1), ...kind.says };
      return { kind, text: (kind.write ?? JSON.stringify)(record) };
    });
