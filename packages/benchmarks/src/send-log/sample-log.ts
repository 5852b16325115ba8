import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ProcessingOperation } from '@mandate/domain';
import type { Progress } from '../comparing/work';
import { askedAt, chanceOf } from '../decisions/sample-contracts';
import { sampleRequests } from '../decisions/sample-requests';
import { sampleUuid } from '../sample/sample-events';

export const contractsOfLog = 1000;
const requestsOfLog = 20_000;
/** One line in so many was not permitted. */
const linesPerViolation = 200;

const subjects = ['Sprzedaż letnia już trwa', 'Zażółć gęślą jaźń', 'Your order is on its way', '夏のセール'];

const lineOf = (number: number, request: ProcessingOperation): string =>
  JSON.stringify({
    messageId: sampleUuid('message', number),
    at: new Date(Date.parse(askedAt) + number).toISOString(),
    ...request,
    recipient: `recipient-${number}@mail.example`,
    subject: subjects[number % subjects.length],
    campaign: `campaign-${number % 977}`,
    status: 'delivered',
    attempts: 1,
  });

/** Every `linesPerViolation`th line is a request that is denied, the others are allowed. */
export const violationsIn = (lines: number): number => Math.ceil(lines / linesPerViolation);

/** Writes a log of sends, one object of JSON on each line, in the order of time. */
export const writeSampleLog = async (file: string, lines: number, progress: Progress): Promise<void> => {
  const requests = sampleRequests(contractsOfLog, requestsOfLog);
  const [allowed, denied] = [0, 1].map((half) => requests.filter((_, index) => index % 2 === half));
  const chance = chanceOf(7);
  const stream = createWriteStream(file);
  for (let number = 0; number < lines; number += 1) {
    const from = number % linesPerViolation === 0 ? denied : allowed;
    const request = from?.[chance(from.length)];
    if (request === undefined) continue;
    if (!stream.write(`${lineOf(number, request)}\n`)) await once(stream, 'drain');
    progress.advance();
  }
  stream.end();
  await finished(stream);
  progress.end();
};
