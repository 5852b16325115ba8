import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import { instantOf } from '../values/instant';
import { processEventCodec, reasonCodeOf, type ProcessEvent } from './process-record';
import type { Uuid } from '../values/uuid';

const id = fc.uuid().map((text) => text as Uuid);
const instant = fc.integer({ min: 0, max: 4e12 }).map(instantOf);
const json = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
  .map((value) => value as Record<string, never>);
const reason = fc.constantFrom('store-unreachable', 'unspecified', 'x1');
const deadline = fc.constantFrom('pay-by', 'retention-end-7');

const entry = <const Type extends ProcessEvent['type'], Data>(
  type: Type,
  data: fc.Arbitrary<Data>,
): fc.Arbitrary<{ readonly type: Type; readonly data: Data }> => fc.record({ type: fc.constant(type), data });

const entries = fc.oneof<fc.Arbitrary<ProcessEvent>[]>(
  entry(
    'InputReceived',
    fc.record({
      eventId: id,
      eventType: fc.string(),
      schemaVersion: fc.integer(),
      event: json,
      recordedAt: instant,
    }),
  ),
  entry('EffectIntended', fc.record({ effectId: id, effect: json })),
  entry('EffectCompleted', fc.record({ effectId: id, result: json, completedAt: instant })),
  entry(
    'EffectFailed',
    fc.record({ effectId: id, attempt: fc.integer(), reason, failedAt: instant, retryAt: instant }),
  ),
  entry('EffectParked', fc.record({ effectId: id, reason, parkedAt: instant })),
  entry('EffectUnparked', fc.record({ effectId: id, unparkedAt: instant })),
  entry('DeadlineSet', fc.record({ deadline, dueAt: instant })),
  entry('DeadlineCancelled', fc.record({ deadline })),
  entry('DeadlineReached', fc.record({ deadline, dueAt: instant })),
  entry('ReactionsBegun', fc.constant({})),
  entry('ReactionsEnded', fc.constant({})),
);

// As they were first written: they must be readable for ever.
const effectId = '00000000-0000-4000-8000-000000000001';
const at = '2026-03-01T00:00:00.000Z';
const golden: readonly { readonly type: string; readonly data: Record<string, unknown> }[] = [
  {
    type: 'InputReceived',
    data: { eventId: effectId, eventType: 'OrderPlaced', schemaVersion: 1, event: { n: 1 }, recordedAt: at },
  },
  { type: 'EffectIntended', data: { effectId, effect: { step: 'reserve' } } },
  { type: 'EffectCompleted', data: { effectId, result: {}, completedAt: at } },
  { type: 'EffectFailed', data: { effectId, attempt: 1, reason: 'no-stock', failedAt: at, retryAt: at } },
  { type: 'EffectParked', data: { effectId, reason: 'unspecified', parkedAt: at } },
  { type: 'EffectUnparked', data: { effectId, unparkedAt: at } },
  { type: 'DeadlineSet', data: { deadline: 'pay-by', dueAt: at } },
  { type: 'DeadlineCancelled', data: { deadline: 'pay-by' } },
  { type: 'ReactionsBegun', data: {} },
  { type: 'ReactionsEnded', data: {} },
  { type: 'DeadlineReached', data: { deadline: 'pay-by', dueAt: at } },
];

describe('the record of a process', () => {
  it('reads back every entry it wrote', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const encoded = processEventCodec.encode(entry);
        expect(processEventCodec.decode(JSON.parse(JSON.stringify(encoded)) as typeof encoded)).toEqual(
          right(JSON.parse(JSON.stringify(entry))),
        );
      }),
    );
  });

  it.each(golden)('reads for ever what its first version wrote: $type', ({ type, data }) => {
    expect(processEventCodec.decode({ type, schemaVersion: 1, data: data as never })).toEqual(
      right({ type, data }),
    );
  });

  it('has an example of every type', () => {
    expect(golden.map(({ type }) => type)).toEqual(processEventCodec.types);
  });

  it.each(golden)('takes no entry with a field more or less: $type', ({ type, data }) => {
    const decode = (changed: Record<string, unknown>): boolean =>
      isLeft(processEventCodec.decode({ type, schemaVersion: 1, data: changed as never }));
    expect(decode({ ...data, extra: 1 })).toBe(true);
    for (const key of Object.keys(data)) {
      expect(decode(Object.fromEntries(Object.entries(data).filter(([other]) => other !== key)))).toBe(true);
    }
  });

  it.each([[], null, 'text'])('takes no effect that is %j', (effect) => {
    expect(
      isLeft(
        processEventCodec.decode({ type: 'EffectIntended', schemaVersion: 1, data: { effectId, effect } }),
      ),
    ).toBe(true);
  });
});

describe('a reason', () => {
  it('is a code, or unspecified', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.constantFrom('no-stock', 'a', 'A')), (text) => {
        const code = reasonCodeOf(text);
        expect(code === text || code === 'unspecified').toBe(true);
        expect(
          Array.from(code).every((character) => 'abcdefghijklmnopqrstuvwxyz0123456789-'.includes(character)),
        ).toBe(true);
        expect(code.length).toBeLessThanOrEqual(64);
      }),
    );
    expect(reasonCodeOf('no-stock')).toBe('no-stock');
  });
});
