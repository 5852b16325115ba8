import type { Vault } from '@mandate/processor';
import { addressOf } from './canaries';
import { placeOf } from './recipient-stores';
import type { Seen } from './seen';
import { setsOf, type EntrustedSet, type World } from './world';

/** How many rows there have to be of a data set that nobody was told to erase. */
const rowsWhole = (world: World, set: EntrustedSet): boolean => {
  const rows = world.stores.rowsOf(set.dataSetId);
  return [...set.stores].every((store) => rows.some((row) => row.store === store));
};

const isReadable = async (vault: Vault, set: EntrustedSet): Promise<boolean> => {
  const { contractId, dataSetId } = set;
  for (const { recipientId, ciphertext } of set.secrets) {
    const reference = { contractId, dataSetId, recipientId, field: 'recipient-contact.email' } as const;
    const found = await vault.decrypt(reference, ciphertext).catch(() => ({ state: 'failed' as const }));
    if (found.state !== 'decrypted') return false;
    if (Buffer.from(found.plaintext).toString() !== addressOf(recipientId)) return false;
  }
  return true;
};

/** Whatever is tried, what was erased answers so, and nothing can be put there again. */
const isGone = async ({ vault }: { readonly vault: Vault }, set: EntrustedSet): Promise<boolean> => {
  const { contractId, dataSetId } = set;
  const reference = { contractId, dataSetId, recipientId: 'r1', field: 'recipient-contact.email' } as const;
  const written = await vault
    .encrypt(reference, Buffer.from('anew'))
    .catch(() => ({ state: 'failed' as const }));
  const [secret] = set.secrets;
  const read =
    secret === undefined
      ? { state: 'erased' as const }
      : await vault
          .decrypt({ ...reference, recipientId: secret.recipientId }, secret.ciphertext)
          .catch(() => ({ state: 'failed' as const }));
  return written.state === 'erased' && read.state === 'erased';
};

const complaintsAboutSet = async (
  world: World,
  seen: Seen,
  set: EntrustedSet,
): Promise<readonly string[]> => {
  const { contractId, dataSetId } = set;
  const { vault } = world.application;
  if (!seen.ordered.has(dataSetId)) {
    return [
      ...(rowsWhole(world, set) ? [] : ['rows are gone of a data set whose deletion nobody ordered']),
      ...((await isReadable(vault, set)) ? [] : ['a data set is unreadable whose deletion nobody ordered']),
    ];
  }
  if (!seen.keysDestroyed.has(dataSetId)) return [];
  const left = new Set(world.stores.rowsOf(dataSetId).map(({ store }) => store));
  const wronglyLeft = [...left].filter(
    (store) =>
      seen.erased.get(dataSetId)?.has(store) === true &&
      !world.stores.lies.has(placeOf({ dataSetId, store })),
  );
  return [
    ...(wronglyLeft.length === 0 ? [] : ['rows are left in a store that is on record as erased']),
    ...((await world.keys.held([contractId, dataSetId])) === 0
      ? []
      : ['keys are left that are on record as destroyed']),
    ...((await isGone({ vault }, set)) ? [] : ['what was erased does not answer so']),
  ];
};

/** What is wrong with rows and keys, compared with what is on record. */
export const complaintsAboutData = async (world: World, seen: Seen): Promise<readonly string[]> => {
  const complaints = await Promise.all(setsOf(world).map((set) => complaintsAboutSet(world, seen, set)));
  return complaints.flat();
};
