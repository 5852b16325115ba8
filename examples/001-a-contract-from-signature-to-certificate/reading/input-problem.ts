/** Where an input cannot be used, what was expected there and what was found. Never the value itself. */
export interface InputFinding {
  readonly file: string;
  /** From 1 on; absent when the whole file is meant. */
  readonly line?: number;
  readonly field?: string;
  readonly expected: string;
  readonly found: string;
}

const sentenceOf = ({ file, line, field, expected, found }: InputFinding): string => {
  const place = [
    file,
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(field === undefined ? [] : [field]),
  ];
  return `${place.join(', ')}: expected ${expected}, found ${found}.`;
};

/** What is said of a file that a run has begun with, and that is another one now. */
export const changedSince = (when: string): Pick<InputFinding, 'expected' | 'found'> => ({
  expected: `the same file as when ${when}`,
  found: 'a changed one: put it back as it was, or begin in another folder (--folder)',
});

/** An input file is unusable. Thrown before anything of it is recorded or stored. */
export class InputProblem extends Error {
  readonly code = 'input-unusable';
  override readonly name = 'InputProblem';

  constructor(findings: readonly InputFinding[]) {
    super(findings.map(sentenceOf).join('\n'));
  }
}

/** Tells whether something thrown says that an input is unusable. */
export const isInputProblem = (error: unknown): error is InputProblem =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'input-unusable';
