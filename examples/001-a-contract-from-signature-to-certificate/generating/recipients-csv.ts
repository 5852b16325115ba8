import { recipientColumns } from '../reading/recipients-file';
import { madeUpPerson, type MadeUpPerson } from './made-up-people';
import { storySeed } from './story';

const newLine = Buffer.from('\n');

/** Some fields in quotes and some numbers with spaces, as lists have them. */
const lineOf = ({ name, eMail, phone, hasOptedOut }: MadeUpPerson, index: number): string => {
  const written = index % 10 === 3 ? `"${name}"` : name;
  const spaced = index % 7 === 2 ? phone.replace(/^(\+48)(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3 $4') : phone;
  return `${written},${eMail},${spaced},${hasOptedOut ? 'yes' : 'no'}`;
};

/** ISO 8859-2 for the one letter that matters: a byte that no UTF-8 text has there. */
const inLatin2 = (text: string): Buffer =>
  Buffer.concat([Buffer.from(text.replaceAll(/[^ -~]/g, 'o'), 'latin1'), Buffer.from([0xb1, 0xe6])]);

/** Ways in which a line of a list goes wrong. */
const malformed: readonly ((person: MadeUpPerson) => Buffer | string)[] = [
  ({ name, eMail }) => `${name},${eMail}`,
  ({ name, eMail, phone }) => `"${name},${eMail},${phone},no`,
  () => '',
  ({ name, eMail, phone }) => `${name},${eMail.replace('@', '(at)')},${phone},no`,
  ({ name, eMail, phone }) => `${name},${eMail},${phone},no,VIP,since 2019`,
  ({ name, eMail, phone }) => inLatin2(`${name},${eMail},${phone},no`),
  ({ name, eMail }) => `${name},${eMail},call me,no`,
  ({ name, eMail, phone }) => `${name},${eMail},${phone},maybe`,
];
const timesEach = 3;

/** Lines of the list that hold no recipient; as many in a short list as in a long one. */
export const malformedLines = malformed.length * timesEach;

/** The people on the malformed lines have numbers of their own. */
const firstStranger = 5_000_000;

/** The list that the controller uploads: a header, recipients, and malformed lines in between. */
export const recipientsCsv = (recipients: number): Buffer => {
  const parts: Buffer[] = [Buffer.from(recipientColumns.join()), newLine];
  const distance = Math.max(1, Math.floor(recipients / (malformedLines + 1)));
  let misses = 0;
  for (let index = 0; index < recipients; index += 1) {
    parts.push(Buffer.from(lineOf(madeUpPerson(storySeed, index), index)), newLine);
    if (index % distance !== distance - 1 || misses >= malformedLines) continue;
    const broken = malformed[misses % malformed.length];
    if (broken !== undefined) {
      parts.push(Buffer.from(broken(madeUpPerson(storySeed, firstStranger + misses))), newLine);
    }
    misses += 1;
  }
  return Buffer.concat(parts);
};
