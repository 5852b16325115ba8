import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accept, aService, type Service } from './testing/a-service';
import { by, dataSet, ids, sending } from './testing/a-story';
import { permitsBeside } from './testing/permits-beside';
import type { Permits } from './permits';

const otherDataSet = '77777777-7777-4777-8777-777777777777';

/** Of every word one that is instructed and one that is not. */
const words = {
  operation: ['process'],
  contractId: [ids.contract],
  dataSetId: [ids.dataSet, otherDataSet],
  purpose: ['delivery', 'analytics'],
  categories: [['message-content'], ['recipient-contact'], ['technical-metadata']],
  channel: ['e-mail', 'sms'],
  country: ['PL', 'DE'],
} as const;

type Field = keyof typeof words;
const fields = Object.keys(words) as readonly Field[];

/** An object whose fields say one thing when they are read first and another from some reading on. */
const changing = (
  from: Readonly<Record<Field, unknown>>,
  to: Readonly<Record<Field, unknown>>,
  changesAt: number,
): typeof sending => {
  const request = {};
  for (const field of fields) {
    let readings = 0;
    const get = (): unknown => {
      readings += 1;
      return readings > changesAt ? to[field] : from[field];
    };
    Object.defineProperty(request, field, { enumerable: true, get });
  }
  return request as typeof sending;
};

const anyWords = fc.record(
  Object.fromEntries(fields.map((field) => [field, fc.constantFrom<unknown>(...words[field])])) as Record<
    Field,
    fc.Arbitrary<unknown>
  >,
);

const everything = words.dataSetId.flatMap((dataSetId) =>
  words.purpose.flatMap((purpose) =>
    words.categories.flatMap((categories) =>
      words.channel.flatMap((channel) =>
        words.country.map((country) => ({ ...sending, dataSetId, purpose, categories, channel, country })),
      ),
    ),
  ),
) as unknown as readonly (typeof sending)[];

const withTwoDataSets = async (): Promise<Service> => {
  const service = await aService();
  const other = { ...dataSet, dataSetId: otherDataSet, categories: ['recipient-contact'] } as const;
  await accept(service.processor.dataSets.entrust(other, by));
  return service;
};

const opened = async (service: Service): Promise<Permits> => {
  const { permits, read } = permitsBeside(service);
  await read();
  return permits;
};

const answers = (permits: Permits): readonly boolean[] =>
  everything.map((request) => permits.allows(request));

describe('a request that says something else each time it is looked at', () => {
  it('changes no answer that others are given', async () => {
    const service = await withTwoDataSets();
    const expected = answers(await opened(service));
    expect(new Set(expected)).toEqual(new Set([true, false]));
    const requests = fc.array(fc.tuple(anyWords, anyWords, fc.nat(8)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(requests, async (asked) => {
        const permits = await opened(service);
        for (const [from, to, changesAt] of asked) permits.allows(changing(from, to, changesAt));
        expect(answers(permits)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('is not allowed for a list of categories that shrinks while it is read', async () => {
    const permits = await opened(await aService());
    let readings = 0;
    const categories = new Proxy(['technical-metadata'], {
      get: (list, name) => {
        if (name !== 'length') return Reflect.get(list, name) as unknown;
        readings += 1;
        return readings > 1 ? 0 : 1;
      },
    });
    expect(permits.allows({ ...sending, categories } as unknown as typeof sending)).toBe(false);
  });
});

describe('a request whose fields lie in its class', () => {
  it('is answered as any other, and so is the next one', async () => {
    const permits = await opened(await aService());
    const asked = Object.create(sending) as typeof sending;
    expect([permits.allows(asked), permits.allows(sending)]).toEqual([true, true]);
  });
});
