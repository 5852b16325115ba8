import { isInstant, isUuid } from '@mandate/event-sourcing';
import type { Explanation } from '../../explanation';
import * as v from '../../vocabulary';

interface Refusal {
  readonly reason: string;
}

const closedLists: readonly string[] = [
  ...v.purposes,
  ...v.dataCategories,
  ...v.channels,
  ...['purpose', 'category', 'channel', 'country'],
  ...['withdrawn', 'superseded', 'refused'],
];

const isHarmless = (value: unknown): boolean =>
  typeof value === 'number' ||
  isUuid(value) ||
  isInstant(value) ||
  closedLists.some((word) => word === value) ||
  [v.country, v.clause, v.storeName].some((codec) => codec.is(value));

const valuesOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : [value];

/** What is wrong with a refusal and its explanation; nothing, as a rule. */
export const flawsOf = ({ reason, ...details }: Refusal, { sentence, article }: Explanation): string[] => {
  const values = valuesOf(details);
  // Longest first: the 1 of a clause also stands in every id.
  const words = values
    .map(String)
    .toSorted((one, other) => other.length - one.length)
    .reduce((text, value) => text.replaceAll(value, ''), sentence);
  return [
    ...(/^[A-Z].*[^ ]\.$/.test(sentence) ? [] : ['is no sentence']),
    ...(/^(?:GDPR Art\.|SCC) ?\d/.test(article) ? [] : ['names no article']),
    ...(values.every(isHarmless) ? [] : ['carries what is no id, instant, number or word of a list']),
    ...(/^[A-Za-z ,.:;()'-]*$/.test(words) ? [] : ['says more than its words and what it carries']),
    ...(/undefined|NaN|\[object/.test(sentence) ? ['has a hole'] : []),
  ].map((flaw) => `${reason}: ${flaw}`);
};
