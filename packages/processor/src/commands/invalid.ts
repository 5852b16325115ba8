import { sentenceOfIssue, type DecodeIssue } from '@mandate/event-sourcing';
import type { Invalid } from './outcome';

/** An input that could not be understood, in words. */
export const invalid = (issues: readonly DecodeIssue[]): Invalid => ({
  outcome: 'invalid',
  issues,
  sentence: issues.map(sentenceOfIssue).join(' '),
});
