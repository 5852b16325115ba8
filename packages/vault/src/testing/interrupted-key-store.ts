import type { KeyStore } from '../key-store';

export interface Interruptions {
  /** Runs before each operation reaches the store. Rejecting stands for a call that never arrived. */
  readonly before?: (operation: keyof KeyStore) => Promise<void>;
  /** Runs when the store has done its part. Rejecting stands for a lost answer. */
  readonly after?: (operation: keyof KeyStore) => Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/**
 * A key store whose every operation can be held up, counted or made to fail on either side: for schedulers, for crash
 * points, for lost answers.
 */
export const interruptKeyStore = (
  store: KeyStore,
  { before = nothing, after = nothing }: Interruptions,
): KeyStore => {
  const run = async <T>(operation: keyof KeyStore, work: () => Promise<T>): Promise<T> => {
    await before(operation);
    const answer = await work();
    await after(operation);
    return answer;
  };
  return {
    read: (path) => run('read', () => store.read(path)),
    revision: () => run('revision', () => store.revision()),
    create: (keys) => run('create', () => store.create(keys)),
    replace: (replacements) => run('replace', () => store.replace(replacements)),
    fence: (path, at) => run('fence', () => store.fence(path, at)),
    destroy: (path, at) => run('destroy', () => store.destroy(path, at)),
    countKeys: (path) => run('countKeys', () => store.countKeys(path)),
    listKeys: (parent, page) => run('listKeys', () => store.listKeys(parent, page)),
    listFences: (page) => run('listFences', () => store.listFences(page)),
    reapplyFences: (fences) => run('reapplyFences', () => store.reapplyFences(fences)),
    freeze: (contractId, at) => run('freeze', () => store.freeze(contractId, at)),
    close: () => run('close', () => store.close()),
  };
};
