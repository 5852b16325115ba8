import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isKeyStoreError } from '../key-store-error';
import type { KeyPath } from '../key-path';
import type { FenceRecord, KeyReplacement, KeyStore, NewKey } from '../key-store';
import type { CreateKeyStoreHarness } from './conformance-test';
import { createReferenceKeyStore } from './reference-key-store';

type Operation =
  | { readonly type: 'create'; readonly keys: readonly NewKey[] }
  | { readonly type: 'replace'; readonly replacements: readonly KeyReplacement[] }
  | { readonly type: 'fence' | 'destroy'; readonly path: KeyPath; readonly at: string }
  | { readonly type: 'reapply'; readonly fences: readonly FenceRecord[] }
  | { readonly type: 'freeze'; readonly contractId: string; readonly at: string };

// Few ids, so that operations meet; one is the beginning of another, and they differ by case.
const contractId = fc.constantFrom('a', 'ab', 'A');
const dataSetId = fc.constantFrom('d', 'd1');
const recipientId = fc.constantFrom('r', 'r_', 'R');

const keyPath: fc.Arbitrary<KeyPath> = fc.oneof(fc.tuple(contractId), fc.tuple(contractId, dataSetId), {
  arbitrary: fc.tuple(contractId, dataSetId, recipientId),
  weight: 2,
});
const at = fc
  .integer({ min: 0, max: 999 })
  .map((ms) => `2026-03-29T06:00:00.${String(ms).padStart(3, '0')}Z`);
const wrapped = fc.uint8Array({ minLength: 1, maxLength: 3 });
const generation = fc.integer({ min: 1, max: 3 });

const newKey: fc.Arbitrary<NewKey> = keyPath.chain((path) =>
  fc.record({
    path: fc.constant(path),
    wrapped,
    parentGeneration:
      path.length === 1 ? fc.constant(0) : fc.oneof({ arbitrary: fc.constant(1), weight: 3 }, generation),
  }),
);

/** A whole chain at once as well: single random keys seldom find their parents. */
const newKeys: fc.Arbitrary<readonly NewKey[]> = fc.oneof(
  fc.array(newKey, { maxLength: 4 }),
  fc
    .tuple(contractId, dataSetId, recipientId, wrapped)
    .map(([contract, dataSet, recipient, bytes]): readonly NewKey[] => [
      { path: [contract], wrapped: bytes, parentGeneration: 0 },
      { path: [contract, dataSet], wrapped: bytes, parentGeneration: 1 },
      { path: [contract, dataSet, recipient], wrapped: bytes, parentGeneration: 1 },
    ]),
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('create' as const), keys: newKeys }), weight: 6 },
  {
    arbitrary: fc.record({
      type: fc.constant('replace' as const),
      replacements: fc.array(fc.record({ path: keyPath, wrapped, expectedGeneration: generation }), {
        maxLength: 3,
      }),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ type: fc.constantFrom('fence' as const, 'destroy' as const), path: keyPath, at }),
    weight: 3,
  },
  fc.record({
    type: fc.constant('reapply' as const),
    fences: fc.array(
      fc.record({ path: keyPath, fenceRevision: fc.integer({ min: 1, max: 20 }), fencedAt: at }),
      {
        maxLength: 3,
      },
    ),
  }),
  fc.record({ type: fc.constant('freeze' as const), contractId, at }),
);

/** An erasure begun, finished, and finished once more: seldom met by single random steps on one path. */
const erasure: fc.Arbitrary<readonly Operation[]> = fc
  .tuple(keyPath, at, at, at)
  .map(([path, fencedAt, destroyedAt, repeatedAt]) => [
    { type: 'fence', path, at: fencedAt },
    { type: 'destroy', path, at: destroyedAt },
    { type: 'destroy', path, at: repeatedAt },
  ]);

const operations: fc.Arbitrary<readonly Operation[]> = fc
  .array(fc.oneof({ arbitrary: operation.map((step) => [step]), weight: 9 }, erasure), { maxLength: 25 })
  .map((steps) => steps.flat());

const apply = (store: KeyStore, step: Operation): Promise<unknown> => {
  switch (step.type) {
    case 'create':
      return store.create(step.keys);
    case 'replace':
      return store.replace(step.replacements);
    case 'fence':
      return store.fence(step.path, step.at);
    case 'destroy':
      return store.destroy(step.path, step.at);
    case 'reapply':
      return store.reapplyFences(step.fences);
    case 'freeze':
      return store.freeze(step.contractId, step.at);
  }
};

/** The answer as plain data: the code of a refusal, bytes as numbers, objects without their prototypes. */
const answerOf = async (answer: Promise<unknown>): Promise<unknown> => {
  try {
    return JSON.parse(JSON.stringify({ answer: await answer }, bytesAsNumbers)) as unknown;
  } catch (error) {
    if (isKeyStoreError(error)) return { refused: error.code };
    throw error;
  }
};

const bytesAsNumbers = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? [...value] : isJsonOfBuffer(value) ? value.data : value;

/** A Buffer turns itself into this before the replacer sees it. */
const isJsonOfBuffer = (value: unknown): value is { readonly data: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'Buffer' &&
  'data' in value;

const ALL_PATHS: readonly KeyPath[] = ['a', 'ab', 'A'].flatMap((contract): readonly KeyPath[] => [
  [contract],
  ...['d', 'd1'].flatMap((dataSet): readonly KeyPath[] => [
    [contract, dataSet],
    ...['r', 'r_', 'R', 'never'].map((recipient): KeyPath => [contract, dataSet, recipient]),
  ]),
]);

const observe = async (store: KeyStore): Promise<unknown> => {
  const page = { after: null, limit: 100 };
  return answerOf(
    Promise.all([
      store.revision(),
      Promise.all(ALL_PATHS.map((path) => store.read(path))),
      Promise.all(ALL_PATHS.map((path) => store.countKeys(path))),
      store.listKeys([], page),
      Promise.all(ALL_PATHS.flatMap((path) => (path.length === 3 ? [] : [store.listKeys(path, page)]))),
      store.listFences(page),
    ]),
  );
};

/**
 * Runs random operations, alternating between two handles of one store, and compares every answer, and at the end
 * everything that can be seen of the store, with a naive reference. Rejects with fast-check's report (seed, path and
 * shrunk operations) when they differ.
 */
export const assertKeyStoreAgreesWithReference = async (
  createHarness: CreateKeyStoreHarness,
  parameters: fc.Parameters<unknown> = {},
): Promise<void> => {
  const property = fc.asyncProperty(operations, async (steps) => {
    const harness = await createHarness();
    try {
      const handles = [await harness.open(), await harness.open()] as const;
      const reference = createReferenceKeyStore();
      for (const [index, step] of steps.entries()) {
        const expected = await answerOf(apply(reference, step));
        assert.deepEqual(await answerOf(apply(handles[index % 2 === 0 ? 0 : 1], step)), expected);
      }
      assert.deepEqual(await observe(handles[0]), await observe(reference));
    } finally {
      await harness.dispose();
    }
  });
  await fc.assert(property, parameters as fc.Parameters<[readonly Operation[]]>);
};
