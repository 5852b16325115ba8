import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logColumnsIn } from './log-columns';

const steps = fc.array(
  fc.oneof(
    fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$/),
    fc.stringMatching(/^[^'\\]{1,6}$/),
    fc.nat({ max: 99 }).map(String),
  ),
  { minLength: 1, maxLength: 4 },
);

const columnIn = async (text: string): Promise<unknown> => {
  const { columns } = await logColumnsIn({ column: [`at=${text}`] }, 'jsonl');
  return columns?.at;
};

it('a path to one place is read back, step by step, in every way of writing it', async () => {
  const asBrackets = (step: string): string => (/^\d+$/.test(step) ? `[${step}]` : `['${step}']`);
  const asDots = (step: string): string =>
    /^[\p{L}_][\p{L}\p{N}_]*$/u.test(step) ? `.${step}` : asBrackets(step);
  await fc.assert(
    fc.asyncProperty(steps, async (path) => {
      expect(await columnIn(`$${path.map(asBrackets).join('')}`)).toEqual(path);
      expect(await columnIn(`$${path.map(asDots).join('')}`)).toEqual(path);
    }),
  );
});

it('names between dots are steps in JSON, and a name in CSV', async () => {
  expect(await columnIn('meta.sent-at')).toEqual(['meta', 'sent-at']);
  expect(await logColumnsIn({ column: ['at=meta.sent=at'] }, 'csv')).toMatchObject({
    columns: { at: 'meta.sent=at' },
  });
});
