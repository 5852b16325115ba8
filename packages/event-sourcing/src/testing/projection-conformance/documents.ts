import assert from 'node:assert/strict';
import type { JsonObject } from '../../values/json';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import { begun, committed, documentIn, goneLive, inPartition, position, readIn } from './generations';

const awkward: JsonObject = {
  text: 'żółw "quoted" \\ \u0000 \ud800 \u2028 🐢',
  numbers: [0, -1.5, 1e300, Number.MAX_SAFE_INTEGER, 5e-324],
  nothing: null,
  yes: true,
  nested: [[], {}, [{ '': { a: [null] } }]],
  ...(JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject),
};

/** Texts that differ from each other, though somebody might think that they do not. */
const lookalikes = [
  ...[
    '',
    ' ',
    'a',
    'A',
    'a ',
    '\u0105',
    'a\u0328',
    '1',
    '01',
    'null',
    '%',
    '_',
    "'",
    '"',
    '\\',
    '\\"',
    '\\u0000',
  ],
  ...['\u0000', 'a\u0000', 'a\u0000b', '\ud800', '\udc00', '\ufffd', '🐢', '/', 'a/b', '["a","b"]', '\n'],
];

export const documents: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a document is set, replaced, removed and set again', async ({ store, name }) => {
    const generation = await begun(store, name());
    const versions = [{ n: 1 }, { n: 2 }, undefined, undefined, { n: 3 }];
    for (const [index, document] of versions.entries()) {
      const from = index === 0 ? undefined : position(index);
      await committed(store, generation, {
        ...{ from, to: position(index + 1) },
        documents: [{ ...inPartition('p'), document }],
      });
      assert.deepEqual(await documentIn(store, generation), document);
    }
  }),

  testOnProjections('a batch changes its documents only', async ({ store, name }) => {
    const generation = await begun(store, name());
    const keys = [inPartition('p', 'k'), inPartition('p', 'l'), inPartition('q', 'k')];
    await committed(store, generation, {
      documents: keys.map((key) => ({ ...key, document: { is: 'old' } })),
    });
    await committed(store, generation, {
      ...{ from: position(1), to: position(2) },
      documents: [
        { ...inPartition('p', 'k'), document: undefined },
        { ...inPartition('p', 'l'), document: { is: 'new' } },
      ],
    });
    assert.deepEqual(await store.load(generation, keys), [undefined, { is: 'new' }, { is: 'old' }]);
  }),

  testOnProjections('of two changes to one document in a batch the later one holds', async (scenario) => {
    const { store, name } = scenario;
    const generation = await begun(store, name());
    const [p, q] = [inPartition('p'), inPartition('q')];
    await committed(store, generation, {
      documents: [
        { ...p, document: { n: 1 } },
        { ...q, document: { n: 2 } },
        { ...p, document: { n: 3 } },
        { ...q, document: undefined },
      ],
    });
    assert.deepEqual(await store.load(generation, [p, q]), [{ n: 3 }, undefined]);
  }),

  testOnProjections('generations and projections keep their documents apart', async ({ store, name }) => {
    const first = await begun(store, name());
    const all = [first, await begun(store, name(), 2), await begun(store, name('b'))];
    for (const [index, generation] of all.entries()) {
      await committed(store, generation, {
        documents: [{ ...inPartition('p'), document: { index } }],
      });
    }
    await committed(store, first, {
      ...{ from: position(1), to: position(2) },
      documents: [{ ...inPartition('p'), document: undefined }],
    });
    const found = await Promise.all(all.map((generation) => documentIn(store, generation)));
    assert.deepEqual(found, [undefined, { index: 1 }, { index: 2 }]);
  }),

  testOnProjections(
    'documents are loaded in the order of the keys, as often as asked for',
    async (scenario) => {
      const { store, name } = scenario;
      const generation = await begun(store, name());
      const keys = ['c', 'a', 'b'].map((key) => inPartition('p', key));
      await committed(store, generation, {
        documents: keys.map(({ key, ...place }) => ({ ...place, key, document: { key } })),
      });
      const wanted = ['b', 'none', 'a', 'b', 'c', 'b'];
      assert.deepEqual(
        await store.load(
          generation,
          wanted.map((key) => inPartition('p', key)),
        ),
        wanted.map((key) => (key === 'none' ? undefined : { key })),
      );
      assert.deepEqual(await store.load(generation, []), []);
      assert.deepEqual(
        await store.load({ ...generation, generation: 2 }, keys),
        keys.map(() => undefined),
      );
    },
  ),

  testOnProjections('many documents are written and loaded at once', async ({ store, name }) => {
    const generation = await begun(store, name());
    const keys = Array.from({ length: 3000 }, (_, index) => inPartition(`p${index % 7}`, `k${index}`));
    await committed(store, generation, {
      documents: keys.map((key, index) => ({ ...key, document: { index } })),
    });
    assert.deepEqual(
      await store.load(generation, keys),
      keys.map((_, index) => ({ index })),
    );
  }),

  testOnProjections('a document comes back as it was, whatever is in it', async ({ store, name }) => {
    const generation = await begun(store, name());
    const large = { text: 'ż'.repeat(500_000) };
    await committed(store, generation, {
      documents: [
        { ...inPartition('p'), document: awkward },
        { ...inPartition('q'), document: large },
      ],
    });
    assert.deepEqual(await documentIn(store, generation), awkward);
    assert.deepEqual(await documentIn(store, generation, inPartition('q')), large);
    assert.equal(JSON.stringify(await documentIn(store, generation)), JSON.stringify(awkward));
  }),

  testOnProjections('what happens to an object outside changes no document', async ({ store, name }) => {
    const generation = await begun(store, name());
    const given = { numbers: [1] };
    await committed(store, generation, { documents: [{ ...inPartition('p'), document: given }] });
    given.numbers.push(2);
    const loaded = await documentIn(store, generation);
    assert.deepEqual(loaded, { numbers: [1] });
    Object.assign(loaded, { numbers: [3] });
    await goneLive(store, generation);
    const read = await readIn(store, generation);
    assert.ok(read.state === 'found');
    assert.deepEqual(read.document, { numbers: [1] });
    Object.assign(read.document, { numbers: [4] });
    assert.deepEqual(await documentIn(store, generation), { numbers: [1] });
  }),

  testOnProjections('every two texts are two keys, two partitions and two names', async ({ store, name }) => {
    const generation = await begun(store, name());
    const keys = lookalikes.flatMap((text) => [inPartition(text, 'k'), inPartition('p', text)]);
    await committed(store, generation, {
      documents: keys.map((key, index) => ({ ...key, document: { index } })),
    });
    assert.deepEqual(
      await store.load(generation, keys),
      keys.map((_, index) => ({ index })),
    );
    for (const text of lookalikes) {
      const id = { name: name(text), generation: 1 };
      if (text !== 'a') assert.equal(await store.create(id, 1), true);
      assert.equal(await store.create(id, 1), false);
    }
    const names = (await store.generations()).map((each) => each.name);
    assert.deepEqual(
      lookalikes.filter((text) => !names.includes(name(text))),
      [],
    );
  }),

  testOnProjections('a partition and a key do not run together', async ({ store, name }) => {
    const generation = await begun(store, name());
    const pairs = [
      ...[inPartition('a', 'b/c'), inPartition('a/b', 'c'), inPartition('', 'ab'), inPartition('ab', '')],
      ...[inPartition('a', 'b'), inPartition('b', 'a'), inPartition('a","b', 'c'), inPartition('a', 'b","c')],
    ];
    await committed(store, generation, {
      documents: pairs.map((key, index) => ({ ...key, document: { index } })),
    });
    assert.deepEqual(
      await store.load(generation, pairs),
      pairs.map((_, index) => ({ index })),
    );
  }),
];
