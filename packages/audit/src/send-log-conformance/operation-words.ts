import { processingRequest, type ProcessingRequest } from '@mandate/domain';
import { decodeIssuesOf, sentenceOfIssue } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import { listFields, sendLogFields, type LogRow, type ReadField, type SendLogField } from './columns';

type Readers = Readonly<Record<SendLogField, ReadField>>;

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const wordsIn = (value: unknown, separator: string): unknown =>
  typeof value === 'string' ? value.split(separator).map((word) => word.trim()) : value;

const withoutAbsent = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isAbsent(value)));

/** The request that a record makes, as far as it is one. */
const requestIn = (row: LogRow, readers: Readers, separator: string): unknown => {
  const read = (field: SendLogField): unknown => readers[field](row);
  const custody = withoutAbsent({
    operation: read('operation'),
    contractId: read('contractId'),
    dataSetId: read('dataSetId'),
  });
  // Of an operation of custody nothing more is asked, whatever else the columns hold.
  if (read('operation') !== 'process') return custody;
  const special = withoutAbsent({
    categories: wordsIn(read('specialCategories'), separator),
    foundIn: read('specialFoundIn'),
  });
  const isSpecial = !isAbsent(read('specialCategories'));
  return withoutAbsent({
    ...custody,
    purpose: read('purpose'),
    categories: wordsIn(read('categories'), separator),
    channel: read('channel'),
    country: read('country'),
    subProcessorId: read('subProcessorId'),
    special: isSpecial ? special : undefined,
  });
};

/** A request, or what is wrong with the record: the places and shapes, never a value. */
export type DecodedOperation =
  { readonly request: ProcessingRequest } | { readonly request?: undefined; readonly sentence: string };

export const decodeOperation = (row: LogRow, readers: Readers, separator: string): DecodedOperation => {
  const decoded = processingRequest.decode(requestIn(row, readers, separator));
  return isLeft(decoded)
    ? { sentence: decodeIssuesOf(decoded.left).map(sentenceOfIssue).join(' ') }
    : { request: decoded.right };
};

const singleFields = sendLogFields.filter((field) => field !== 'at' && !listFields.includes(field));
const listLengthMax = 9;

/** A word with the NUL that ends it; undefined for what is neither a word nor absent. */
const endedWord = (value: unknown): string | undefined => {
  if (typeof value === 'string') return `${value}\0`;
  return isAbsent(value) ? '\0' : undefined;
};

const endedWords = (list: readonly unknown[]): string | undefined => {
  if (list.length > listLengthMax) return undefined;
  let words = '';
  for (const word of list) {
    if (typeof word !== 'string') return undefined;
    words += `${word}\0`;
  }
  return words;
};

/**
 * A text that is the same for records whose words are the same, and only for those; undefined for a record whose words
 * have other forms than they should. A NUL ends each word, and how many there are is said in the beginning, so that a
 * word with a NUL in it gives a text that belongs to no readable record.
 */
export const wordsKeyFor = (readers: Readers): ((row: LogRow) => string | undefined) => {
  const singles = singleFields.map((field) => readers[field]);
  const lists = listFields.map((field) => readers[field]);
  return (row) => {
    let form = '';
    let words = '';
    for (const read of singles) {
      const word = endedWord(read(row));
      if (word === undefined) return undefined;
      words += word;
    }
    for (const read of lists) {
      const value = read(row);
      const isList = Array.isArray(value);
      const listed = isList ? endedWords(value as readonly unknown[]) : endedWord(value);
      if (listed === undefined) return undefined;
      form += isList ? String((value as readonly unknown[]).length) : 's';
      words += listed;
    }
    return form + words;
  };
};
