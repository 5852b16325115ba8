import { describe, expect, it } from '@jest/globals';
import { isRight } from 'fp-ts/Either';
import type * as t from 'io-ts';
import * as v from './closed-lists';

interface ClosedList {
  readonly words: readonly string[];
  readonly codec: Pick<t.Type<unknown, unknown>, 'decode' | 'is' | 'name'>;
}

const list = <Word extends string>(words: readonly Word[], codec: t.Type<Word, Word>): ClosedList => ({
  words,
  codec,
});

const lists: Readonly<Record<string, ClosedList>> = {
  purpose: list(v.purposes, v.purpose),
  'purpose of the processor': list(v.ownPurposes, v.ownPurpose),
  'data category': list(v.dataCategories, v.dataCategory),
  channel: list(v.channels, v.channel),
  'special category': list(v.specialCategories, v.specialCategory),
  'legal basis': list(v.legalBases, v.legalBasis),
  'basis for special categories': list(v.specialCategoryBases, v.specialCategoryBasis),
  'end of service': list(v.endOfServiceChoices, v.endOfServiceChoice),
  'ground for termination': list(v.terminationGrounds, v.terminationGround),
  'ground for suspension': list(v.suspensionGrounds, v.suspensionGround),
  medium: list(v.documentMedia, v.documentMedium),
  'method of erasure': list(v.erasureMethods, v.erasureMethod),
  'ground for restriction': list(v.restrictionGrounds, v.restrictionGround),
  'ground for contesting': list(v.contestGrounds, v.contestGround),
  'outcome of sending': list(v.sendingOutcomes, v.sendingOutcome),
  'retained item': list(v.retainedItems, v.retainedItem),
  'return format': list(v.returnFormats, v.returnFormat),
  'certificate status': list(v.certificateStatuses, v.certificateStatus),
  'kind of store': list(v.storeKinds, v.storeKind),
  'erasure verification': list(v.erasureVerifications, v.erasureVerification),
};

describe.each(Object.entries(lists))('the closed list %s', (_name, { words, codec }) => {
  it('holds each of its words once', () => {
    expect(new Set(words).size).toBe(words.length);
    for (const word of words) expect(codec.decode(word)).toEqual({ _tag: 'Right', right: word });
  });

  it('holds nothing else', () => {
    const [first = ''] = words;
    const others = ['', 'other', first.toUpperCase(), ` ${first}`, `${first}\n`, 0, null, undefined, [first]];
    expect(others.filter((other) => isRight(codec.decode(other)) || codec.is(other))).toEqual([]);
  });

  it('is named in full where a word is refused', () => {
    for (const word of words) expect(codec.name).toContain(word);
  });
});

describe('the purposes', () => {
  it('of the service and those of the processor have nothing in common', () => {
    expect(v.ownPurposes.filter((own) => v.purpose.is(own))).toEqual([]);
    expect(v.purposes.filter((purpose) => v.ownPurpose.is(purpose))).toEqual([]);
  });
});

describe('law that can require storage', () => {
  const union = [
    ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU'],
    ...['IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ];
  const letters = Array.from({ length: 26 }, (_letter, index) => String.fromCharCode(65 + index));
  const everyCode = letters.flatMap((first) => letters.map((second) => first + second));

  it('is that of the 27 Member States and of the Union, and no other', () => {
    expect(union).toHaveLength(27);
    expect(everyCode.filter(v.isUnionOrMemberState)).toEqual([...union, 'EU'].toSorted());
    expect(v.memberStates.toSorted()).toEqual(union.toSorted());
  });

  it.each(['US', 'GB', 'CH', 'NO', 'IS', 'LI', 'EL', 'UK', 'pl', 'eu', 'POL', ''])(
    'is not that of %j',
    (jurisdiction) => expect(v.isUnionOrMemberState(jurisdiction)).toBe(false),
  );
});
