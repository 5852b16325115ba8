import type { FieldValue } from '@mandate/vault';
import type { Comparison } from '../../comparing/comparison';
import { ratePerSecond, type Timer } from '../../comparing/timer';
import { requireCount, type Work } from '../../comparing/work';
import { bareSideOf, type BareSide } from './bare-side';
import { countEqual, sampleValues } from './sample-values';
import { acquaintancesOf, ciphertextsIn, strangersTo, type VaultSide } from './vault-side';

const recipientsWanted = 10_000;
const passes = 5;
const portion = 1000;

/** Room for the key of every recipient, and for those above them. */
const roomForAll = { cachedKeysMax: 2 * recipientsWanted, portion };
/** Room for no recipient, only for what wraps their keys. */
const roomForNone = { cachedKeysMax: 2, portion };

type Bytes = readonly Uint8Array[];
type Measure = (work: () => unknown) => () => Promise<number>;

/** Values in a second, over all of them and several times. */
const measuring =
  (timer: Timer, values: readonly FieldValue[]): Measure =>
  (work) =>
    ratePerSecond(timer, values.length * passes, async () => {
      for (let pass = 0; pass < passes; pass += 1) await work();
    });

interface Sides {
  readonly cached: VaultSide;
  readonly uncached: VaultSide;
  readonly bare: BareSide;
}

const encryptions = (
  values: readonly FieldValue[],
  sides: Sides,
  measure: Measure,
): readonly Comparison[] => {
  const common = { unit: 'values/s', limit: measure(() => sides.bare.encryptAll()) };
  return [
    {
      ...common,
      work: `encrypt-200b: encryptMany by ${portion}, keys in the cache`,
      target: { atLeast: 0.8 },
      ours: measure(() => sides.cached.encryptAll()),
    },
    {
      ...common,
      work: `encrypt-200b: encryptMany by ${portion}, recipients known but not in the cache`,
      ours: measure(() => sides.uncached.encryptAll()),
    },
    {
      ...common,
      work: `encrypt-200b: encryptMany by ${portion}, recipients met for the first time: keys made and stored`,
      ours: measure(() => strangersTo(values, roomForNone).encryptAll()),
    },
    {
      ...common,
      work: 'encrypt-200b: encrypt one by one, keys in the cache',
      ours: measure(() => sides.cached.encryptOneByOne()),
    },
  ];
};

const encryptedBy = async (side: VaultSide): Promise<Bytes> =>
  ciphertextsIn((await side.encryptAll()).flat());

const decryption = async ({ cached, bare }: Sides, measure: Measure): Promise<Comparison> => {
  const [ours, limit] = [await encryptedBy(cached), bare.encryptAll()];
  return {
    work: 'encrypt-200b: decrypt one by one, keys in the cache, against bare decrypting',
    unit: 'values/s',
    ours: measure(() => cached.decryptAll(ours)),
    limit: measure(() => bare.decryptAll(limit)),
  };
};

const requireValuesBack = async (
  values: readonly FieldValue[],
  { cached, uncached, bare }: Sides,
): Promise<void> => {
  const requireAll = (what: string, found: Bytes): void =>
    requireCount(what, values.length, countEqual(values, found));
  requireAll('Values back from node:crypto', bare.decryptAll(bare.encryptAll()));
  requireAll('Values back from the vault', await cached.decryptAll(await encryptedBy(cached)));
  const oneByOne = ciphertextsIn(await cached.encryptOneByOne());
  requireAll('Values encrypted one by one', await cached.decryptAll(oneByOne));
  requireAll('Values under keys not cached', await uncached.decryptAll(await encryptedBy(uncached)));
};

export const encrypt200b: Work = {
  name: 'encrypt-200b',
  about: 'Values of 200 bytes, each under a key of its own; the limit is bare AES-256-GCM of node:crypto.',
  prepare: async ({ effort, timer }) => {
    const values = sampleValues(Math.ceil(recipientsWanted * effort));
    const sides: Sides = {
      cached: await acquaintancesOf(values, roomForAll),
      uncached: await acquaintancesOf(values, roomForNone),
      bare: bareSideOf(values),
    };
    const measure = measuring(timer, values);
    return {
      comparisons: [...encryptions(values, sides, measure), await decryption(sides, measure)],
      check: () => requireValuesBack(values, sides),
      close: () => Promise.resolve(),
    };
  },
};
