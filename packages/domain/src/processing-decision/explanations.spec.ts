import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import { nth } from '../testing';
import type { Clause, Country } from '../vocabulary';
import { cureOfDenial } from './cures';
import { explainDenial } from './explain-denial';
import type { DenialCode, DenialReason, InstructionObstacle } from './reasons';

const at = '2026-03-29T01:00:00.000Z' as Instant;
const category = 'recipient-contact';
const instructionId = nth.instructionId(1);
const clause = '2.b' as Clause;
const subProcessorId = nth.subProcessorId(1);
const country = 'US' as Country;

const blocked = (reason: InstructionObstacle): DenialReason => ({
  reason,
  category,
  instructionId,
  clause,
});

/** A reason of each code; where something may be absent, once with it and once without. */
const reasons: Readonly<Record<DenialCode, readonly [DenialReason, ...DenialReason[]]>> = {
  'contract-unknown': [{ reason: 'contract-unknown' }],
  'scope-not-current': [{ reason: 'scope-not-current' }],
  'contract-not-started': [{ reason: 'contract-not-started', startsAt: at }],
  'contract-ended': [{ reason: 'contract-ended', endedAt: at }],
  'contract-closed': [{ reason: 'contract-closed' }],
  'contract-not-ended': [{ reason: 'contract-not-ended' }],
  'contract-suspended': [{ reason: 'contract-suspended' }],
  'purpose-of-the-processor': [{ reason: 'purpose-of-the-processor', purpose: 'model-training' }],
  'purpose-outside-the-contract': [{ reason: 'purpose-outside-the-contract', purpose: 'analytics' }],
  'category-outside-the-contract': [{ reason: 'category-outside-the-contract', category }],
  'channel-outside-the-contract': [{ reason: 'channel-outside-the-contract', channel: 'sms' }],
  'country-outside-the-contract': [{ reason: 'country-outside-the-contract', country }],
  'data-set-unknown': [{ reason: 'data-set-unknown' }],
  'data-set-deleted': [{ reason: 'data-set-deleted' }],
  'data-set-restricted': [{ reason: 'data-set-restricted' }],
  'data-set-withdrawn': [{ reason: 'data-set-withdrawn', withdrawnFrom: at }],
  'data-set-being-deleted': [{ reason: 'data-set-being-deleted' }],
  'category-not-entrusted': [{ reason: 'category-not-entrusted', category }],
  'sub-processor-unknown': [{ reason: 'sub-processor-unknown', subProcessorId }],
  'sub-processor-objected': [{ reason: 'sub-processor-objected', subProcessorId }],
  'sub-processor-not-usable': [
    { reason: 'sub-processor-not-usable', subProcessorId },
    { reason: 'sub-processor-not-usable', subProcessorId, windowClosesAt: at },
  ],
  'sub-processor-country': [{ reason: 'sub-processor-country', subProcessorId, country }],
  'special-category-outside-content': [{ reason: 'special-category-outside-content' }],
  'special-category-for-analytics': [{ reason: 'special-category-for-analytics' }],
  'not-instructed': [
    { reason: 'not-instructed', category },
    { reason: 'not-instructed', category, nearest: { instructionId, clause, lacks: ['channel', 'country'] } },
  ],
  'issuer-not-authorised': [blocked('issuer-not-authorised')],
  'instruction-not-yet-effective': [blocked('instruction-not-yet-effective')],
  'instruction-expired': [blocked('instruction-expired')],
  'instruction-suspended': [blocked('instruction-suspended')],
  'instruction-contested': [blocked('instruction-contested')],
  'instruction-withdrawn': [blocked('instruction-withdrawn')],
  'instruction-refused': [blocked('instruction-refused')],
  'instruction-superseded': [blocked('instruction-superseded')],
};

const all = Object.values(reasons).flat();

/** Every value that a reason holds beside its code. */
const factsOf = ({ reason: _code, ...facts }: DenialReason): readonly unknown[] =>
  Object.values(facts).flatMap((fact: unknown) =>
    typeof fact === 'object' && fact !== null
      ? Object.values(fact as Readonly<Record<string, unknown>>).flat()
      : [fact],
  );

describe('the explanation of a denial', () => {
  it.each(all)('is a sentence, and the article in which the rule is written: $reason', (reason) => {
    const { sentence, article } = explainDenial(reason);
    // The word for a purpose stands as it does in a request, also at the beginning.
    const begin = reason.reason === 'purpose-of-the-processor' ? /^model-training is / : /^[A-Z][a-z]*[- ]/;
    expect(sentence).toMatch(begin);
    expect(sentence).toMatch(/^[^\n]*[^\s.,:]\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object| {2}| ,/);
    expect(article).toMatch(/^(?:GDPR Art\. \d+(?:\(\d+\))*(?:\([a-z]\))?|SCC \d+)/);
  });

  it('is another one for each reason', () => {
    expect(new Set(all.map((reason) => explainDenial(reason).sentence)).size).toBe(all.length);
  });

  it.each(all)('says everything that the reason holds: $reason', (reason) => {
    const { sentence } = explainDenial(reason);
    expect(factsOf(reason).filter((fact) => !sentence.includes(String(fact)))).toEqual([]);
  });

  it('names what the nearest clause lacks', () => {
    expect(explainDenial(reasons['not-instructed'][1]!)).toEqual({
      sentence:
        'No instruction covers recipient-contact: clause 2.b of instruction 1a000000-0000-4000-8000-000000000001 comes nearest and lacks the channel, country.',
      article: 'GDPR Art. 28(3)(a), 29',
    });
  });
});

/** The words that the Polish sentences name in Polish instead. */
const named = new Set<unknown>(['channel', 'country']);

describe('the explanation of a denial in Polish', () => {
  it.each(all)('is a sentence that says everything, with the same article: $reason', (reason) => {
    const { sentence, article } = explainDenial(reason, 'pl');
    expect(sentence).toMatch(/^[A-ZŻ][^\n]*[^\s.,:]\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object| {2}| ,/);
    expect(article).toBe(explainDenial(reason, 'en').article);
    const unsaid = factsOf(reason).filter((fact) => !named.has(fact) && !sentence.includes(String(fact)));
    expect(unsaid).toEqual([]);
  });

  it('is another one for each reason', () => {
    expect(new Set(all.map((reason) => explainDenial(reason, 'pl').sentence)).size).toBe(all.length);
  });

  it('uses the words of the regulation', () => {
    expect(explainDenial(reasons['not-instructed'][1]!, 'pl').sentence).toBe(
      'Żadne udokumentowane polecenie nie obejmuje kategorii danych recipient-contact: najbliższe jest postanowienie 2.b polecenia 1a000000-0000-4000-8000-000000000001, które nie obejmuje: kanału, państwa.',
    );
  });
});

describe('the cure of a denial', () => {
  it.each(Object.keys(reasons) as DenialCode[])('is a sentence in both languages: %s', (code) => {
    const [english, polish] = [cureOfDenial(code), cureOfDenial(code, 'pl')];
    expect(english).toMatch(/^[A-Z][^\n]*[a-z]\.$/);
    expect(polish).toMatch(/^[A-Z][^\n]*[a-ząęłśćżźóń]\.$/);
    expect(polish).not.toBe(english);
  });
});
