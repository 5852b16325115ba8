import { madeUpPerson } from '../generating/made-up-people';
import { storySeed } from '../generating/story';

/** Something that must be nowhere once everything is deleted. */
export interface PlantedValue {
  /** Says which one it is, without saying it: `e-mail of recipient 17`. */
  readonly label: string;
  /** The spellings in which it occurs. */
  readonly spellings: readonly string[];
}

const peopleMax = 48;

/** A sample across the whole list, the first and the last recipient among them. */
const sampled = (recipients: number): readonly number[] => {
  const people = Math.min(peopleMax, recipients);
  return Array.from({ length: people }, (_none, nth) =>
    Math.floor((nth * (recipients - 1)) / Math.max(1, people - 1)),
  );
};

/** The values to look for: name, e-mail address and phone number of every recipient in the sample. */
export const plantedValues = (recipients: number): readonly PlantedValue[] =>
  sampled(recipients).flatMap((index) => {
    const { name, eMail, phone } = madeUpPerson(storySeed, index);
    const spaced = phone.replace(/^(\+48)(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3 $4');
    const label = (field: string): string => `${field} of recipient ${index + 1}`;
    return [
      { label: label('name'), spellings: [name] },
      { label: label('e-mail'), spellings: [eMail, eMail.toUpperCase()] },
      { label: label('phone'), spellings: [phone, spaced, phone.slice(3)] },
    ];
  });
