import assert from 'node:assert/strict';
import type { ExpectedVersion, Version } from '../../event-store/event-store';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { assertStreamHolds, lastOf, newEvents, wholeStream } from './events';
import { refusesAs } from './refusal';

const lengths: readonly Version[] = [0, 1, 3];
const expectations: readonly ExpectedVersion[] = ['no-stream', 0, 1, 2, 3, 4];

const nameOf = (length: Version): string =>
  length === 0 ? 'a stream that does not exist' : `a stream of ${length}`;

const accepts = (length: Version, expected: ExpectedVersion): EventStoreConformanceTest =>
  testOnStore(`${nameOf(length)} takes an append that expects ${expected}`, async ({ store, stream }) => {
    const [earlier, later] = [newEvents(length), newEvents(2)];
    if (length > 0) await store.append(stream(), 'no-stream', earlier);
    const result = await store.append(stream(), expected, later);
    assert.equal(result.version, length + 2);
    await assertStreamHolds(store, stream(), [...earlier, ...later]);
    assert.equal(result.position, lastOf(await wholeStream(store, stream())).position);
  });

const refuses = (length: Version, expected: ExpectedVersion): EventStoreConformanceTest =>
  testOnStore(`${nameOf(length)} refuses an append that expects ${expected}`, async ({ store, stream }) => {
    const earlier = newEvents(length);
    if (length > 0) await store.append(stream(), 'no-stream', earlier);
    await refusesAs(store.append(stream(), expected, newEvents(2)), {
      kind: 'version-conflict',
      stream: stream(),
      expected,
      actual: length,
    });
    await assertStreamHolds(store, stream(), earlier);
  });

/** Every expectation against a stream that is missing, shorter, exactly as long, and longer. */
export const expectedVersions: readonly EventStoreConformanceTest[] = lengths.flatMap((length) =>
  expectations.map((expected) =>
    (expected === 'no-stream' ? 0 : expected) === length
      ? accepts(length, expected)
      : refuses(length, expected),
  ),
);
