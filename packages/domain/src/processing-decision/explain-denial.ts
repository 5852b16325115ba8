import type { Explanation } from '../explanation';
import type { ExplanationLanguage } from './cures';
import { polishSentenceOf } from './denials-in-polish';
import { articles, englishSentenceOf, type DenialReason } from './reasons';

/** A reason in words, with its article; in English unless another language is asked for. */
export const explainDenial = (reason: DenialReason, language: ExplanationLanguage = 'en'): Explanation => ({
  sentence: language === 'pl' ? polishSentenceOf(reason) : englishSentenceOf(reason),
  article: articles[reason.reason],
});
