import type { CommanderError } from 'commander';

/** What commander says of a word it does not know, with the word in it, and perhaps one of ours that is like it. */
const unknownWord = /^error: unknown (option|command) '(.*?)'(?:\s+\(Did you mean (.*)\?\))?$/s;

/** What is wrong with the words of a call; a word that was typed by mistake may be anything and is not repeated. */
export const sentenceOfUsage = ({ message }: CommanderError): string => {
  const [, what, word = '', similar] = unknownWord.exec(message) ?? [];
  if (what === undefined) return message;
  const meant = similar === undefined ? '' : ` Did you mean ${similar}?`;
  return `error: unknown ${what}, found a word of ${word.length} characters.${meant} Run "mandate --help".`;
};
