import type { KeyCustody } from './key-custody';
import type { KeyReplacement, StoredKey } from './key-store';
import { masterKeyIdOf, wrapUnderMaster } from './key-wrapping';
import { contended } from './opened-key';
import type { Rotated } from './key-rotation';

const PAGE = 200;
const ATTEMPTS_MAX = 64;

/**
 * Wraps every contract key that is under a previous master key with the current one, page by page, until a whole pass
 * finds none. Interrupted, it is simply called again.
 */
export const rotateMasterKey = async (custody: KeyCustody): Promise<Rotated> => {
  let keysRewrapped = 0;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const { found, rewrapped } = await rewrapContractKeys(custody);
    keysRewrapped += rewrapped;
    if (found === 0) return { state: 'rotated', keysRewrapped };
  }
  throw contended();
};

const rewrapContractKeys = async (
  custody: KeyCustody,
): Promise<{ readonly found: number; readonly rewrapped: number }> => {
  let found = 0;
  let rewrapped = 0;
  let after: string | null = null;
  do {
    const page = await custody.keyStore.listKeys([], { after, limit: PAGE });
    const outdated = page.keys.filter(({ wrapped }) => masterKeyIdOf(wrapped) !== custody.masterKey.keyId);
    const replacements: KeyReplacement[] = [];
    // One after the other: a key management service limits the calls of a moment.
    for (const key of outdated) replacements.push(await rewrappedUnderCurrent(custody, key));
    const outcomes = replacements.length === 0 ? [] : await custody.keyStore.replace(replacements);
    found += outdated.length;
    rewrapped += outcomes.filter(({ outcome }) => outcome === 'replaced').length;
    after = page.next;
  } while (after !== null);
  return { found, rewrapped };
};

const rewrappedUnderCurrent = async (custody: KeyCustody, key: StoredKey): Promise<KeyReplacement> => {
  const ring = await custody.unwrapContractKey(key);
  try {
    const wrapped = await wrapUnderMaster(ring, key.path, custody.masterKey);
    return { path: key.path, wrapped, expectedGeneration: key.generation };
  } finally {
    ring.wipe();
  }
};
