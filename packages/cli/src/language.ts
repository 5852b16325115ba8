import type { ExplanationLanguage } from '@mandate/domain';
import { InputError } from './input-error';

/** The language in which a person is answered; the error never repeats what was typed. */
export const languageIn = (text = 'en'): ExplanationLanguage => {
  if (text === 'en' || text === 'pl') return text;
  throw new InputError(
    `--language: expected en or pl, found a string of ${text.length} characters. Leave it out for English.`,
  );
};
