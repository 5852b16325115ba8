import { seededChance } from './seeded';

/** Somebody who does not exist. */
export interface MadeUpPerson {
  readonly name: string;
  readonly eMail: string;
  readonly phone: string;
  readonly hasOptedOut: boolean;
}

const women = [
  'Agnieszka',
  'Bożena',
  'Grażyna',
  'Halina',
  'Joanna',
  'Łucja',
  'Małgorzata',
  'Róża',
  'Urszula',
  'Zofia',
  'Żaneta',
  'Świętosława',
] as const;
const men = [
  'Błażej',
  'Grzegorz',
  'Jędrzej',
  'Krzysztof',
  'Łukasz',
  'Michał',
  'Paweł',
  'Sławomir',
  'Tadeusz',
  'Wojciech',
  'Wieńczysław',
  'Żegota',
] as const;
/** As a woman and as a man bears it. */
type Surname = readonly [hers: string, his: string];

const surnames: readonly [Surname, ...Surname[]] = [
  ['Brzęczyszczykiewicz', 'Brzęczyszczykiewicz'],
  ['Dąbrowska', 'Dąbrowski'],
  ['Gołąb', 'Gołąb'],
  ['Jabłońska', 'Jabłoński'],
  ['Kołodziej', 'Kołodziej'],
  ['Krzyżanowska', 'Krzyżanowski'],
  ['Łęcka', 'Łęcki'],
  ['Nowak-Źrebiec', 'Nowak-Źrebiec'],
  ['Ostrożańska', 'Ostrożański'],
  ['Pączkowska', 'Pączkowski'],
  ['Śliwińska', 'Śliwiński'],
  ['Szczęsna', 'Szczęsny'],
  ['Wąsik', 'Wąsik'],
  ['Wójcik', 'Wójcik'],
  ['Żółkiewska', 'Żółkiewski'],
  ['Źdźbło', 'Źdźbło'],
];

const asciiOf = (text: string): string =>
  text.replaceAll('ł', 'l').replaceAll('Ł', 'L').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A Polish number whose area code begins with 0: no network assigns it. */
const phoneOf = (index: number): string => `+480${String(10_000_019 + index * 7).padStart(8, '0')}`;

/**
 * The person with a number, the same one every time. Names come more than once, as they do; the number keeps
 * addresses and phone numbers apart.
 */
export const madeUpPerson = (seed: number, index: number): MadeUpPerson => {
  const chance = seededChance(seed ^ Math.imul(index + 1, 0x9e3779b1));
  const isWoman = chance.below(2) === 0;
  const first = isWoman ? chance.oneOf(women) : chance.oneOf(men);
  const second = isWoman ? chance.oneOf(women) : chance.oneOf(men);
  const [hers, his] = chance.oneOf(surnames);
  const surname = isWoman ? hers : his;
  return {
    name: `${first} ${second} ${surname}`,
    eMail: `${asciiOf(first)}.${asciiOf(surname)}.${index + 1}@example.com`,
    phone: phoneOf(index),
    hasOptedOut: chance.below(50) === 0,
  };
};
