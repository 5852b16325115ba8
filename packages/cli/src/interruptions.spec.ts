import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inputBytesMax, textOfInput } from './input-text';
import { isInputError } from './input-error';
import { OutputClosedError } from './interruption';
import { answerTo, story, writtenFile } from './testing/written-file';

let file: string;
let discard: () => void;
beforeAll(async () => {
  ({ file, discard } = await writtenFile((arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!, {
    recipientsAdded: 5000,
  }));
});
afterAll(() => {
  discard();
});

const { contractId, dataSetId } = story;
const range = ['--from', story.startsAt, '--to', story.now];
const commands: readonly (readonly string[])[] = [
  ['contracts'],
  ['scope', contractId],
  ['timeline', contractId],
  ['diff', contractId, ...range],
  ['explain', '--operation', 'store', '--contract', contractId, '--data-set', dataSetId],
];

/** Comes at the next turn of the process, as a signal of the system does. */
const atTheNextTurn = (reason?: Error): AbortSignal => {
  const stopping = new AbortController();
  setImmediate(() => {
    stopping.abort(reason);
  });
  return stopping.signal;
};

describe('an interruption while the history is read', () => {
  it.each(commands)('ends %s with 130 and no answer, not even a part of it', async (...command) => {
    const answer = await answerTo([...command, '--file', file], { signal: atTheNextTurn() });
    expect(answer).toEqual({
      code: 130,
      output: '',
      complaints: 'mandate: interrupted before there was an answer.\n',
    });
  });

  it('ends the check of a log before it begins', async () => {
    const answer = await answerTo(['check-log', __filename, '--file', file], { signal: atTheNextTurn() });
    expect(answer).toMatchObject({ code: 130, output: '' });
  });

  it('says when it was the output', async () => {
    const signal = atTheNextTurn(new OutputClosedError());
    const { complaints } = await answerTo(['contracts', '--file', file], { signal });
    expect(complaints).toBe('mandate: the output was closed before there was an answer.\n');
  });
});

it('a replay shows how far it is, up to the end of the log, and makes room for every line', async () => {
  const [totals, steps]: [unknown[], string[]] = [[], []];
  const { complaints } = await answerTo(['replay', '--file', file], {
    showProgress: (total) => {
      totals.push(total);
      return {
        reach: (done, words) => void steps.push(`${done}: ${words}`),
        hide: () => undefined,
        end: () => void steps.push('end'),
      };
    },
  });
  expect(totals).toEqual([5003]);
  expect(steps).toContain('1000: 1,000 events read');
  expect(steps.slice(-2)).toEqual(['5003: 5,003 events read', 'end']);
  expect(complaints).toBe('');
});

describe('the standard input', () => {
  const inPieces = async function* (bytes: number): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0; left -= 65_536)
      yield await Promise.resolve(Buffer.alloc(Math.min(left, 65_536), 97));
  };

  it('is taken up to what a request may need, and no further', async () => {
    expect(await textOfInput(inPieces(inputBytesMax))).toHaveLength(inputBytesMax);
    const error = await textOfInput(inPieces(inputBytesMax + 1)).catch((thrown: unknown) => thrown);
    expect(isInputError(error)).toBe(true);
  });
});
