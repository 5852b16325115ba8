import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { KeyStore } from './key-store';
import type { FieldReference } from './reference';
import type { Interruptions } from './testing/interrupted-key-store';
import { interruptKeyStore } from './testing/interrupted-key-store';
import { ANNA as value, ciphertextOf, openVault } from './testing/vault-scenery';
import type { Vault } from './vault';

const at = (recipientId: string): FieldReference => ({
  contractId: 'c1',
  dataSetId: 'd1',
  recipientId,
  field: 'email',
});

type Hold = (scheduler: fc.Scheduler) => Interruptions;

const waitFor = async (scheduler: fc.Scheduler, label: string): Promise<void> => {
  await scheduler.schedule(Promise.resolve(), label);
};

/** Each call of the key store waits its turn; its answer arrives at once, as from a store in the same process. */
const holdCalls: Hold = (scheduler) => ({ before: (operation) => waitFor(scheduler, operation) });

/** Answers wait their turn as well, as from a store across a network. */
const holdCallsAndAnswers: Hold = (scheduler) => ({
  before: (operation) => waitFor(scheduler, operation),
  after: (operation) => waitFor(scheduler, `answer to ${operation}`),
});

/**
 * As across a network, but for the answer that a vault waits for last: while that one is on its way, a fence of another
 * process can no more be known than while the vault's own answer is on its way to its caller.
 */
const holdAllButRevisions: Hold = (scheduler) => ({
  before: (operation) => waitFor(scheduler, operation),
  after: (operation) =>
    operation === 'revision' ? Promise.resolve() : waitFor(scheduler, `answer to ${operation}`),
});

interface Scene {
  readonly scheduler: fc.Scheduler;
  readonly hold: Hold;
  readonly mutate?: (store: KeyStore) => KeyStore;
}

const openVaults = ({
  scheduler,
  hold,
  mutate = (store) => store,
}: Scene): { memory: KeyMemory; open: () => Vault } => {
  const memory = new KeyMemory();
  const open = (): Vault =>
    openVault(memory, {
      keyStore: interruptKeyStore(mutate(createInMemoryKeyStore(memory)), hold(scheduler)),
    });
  return { memory, open };
};

/** Keys as they are in a running system, made without waiting for any scheduler. */
const warmUp = (memory: KeyMemory): Promise<Uint8Array> => ciphertextOf(openVault(memory), at('r1'));

/**
 * Runs encryption and decryption of several kinds beside a fence, and calls `fail` when one of them gives ciphertext or
 * plaintext away after the fence was acknowledged.
 */
const race = async (scene: Scene, fencedBy: 'another process' | 'the same process'): Promise<void> => {
  const { memory, open } = openVaults(scene);
  const vault = open();
  const fencing = fencedBy === 'the same process' ? vault : open();
  const ciphertext = await warmUp(memory);
  let isFenced = false;
  const late: string[] = [];
  const watch = async (
    work: Promise<{ readonly state: string } | readonly { readonly state: string }[]>,
  ): Promise<void> => {
    for (const { state } of [await work].flat()) {
      if (isFenced && state !== 'erased') late.push(state);
    }
  };
  const fence = async (): Promise<void> => {
    await fencing.fence('c1');
    isFenced = true;
    await fencing.destroyContractKeys('c1');
  };
  // The cache is warm before the race begins, so that the shortcut is in the race as well.
  await scene.scheduler.waitFor(vault.decrypt(at('r1'), ciphertext));
  const running = Promise.all([
    watch(vault.encrypt(at('r1'), value)),
    watch(vault.encrypt(at('r2'), value)),
    watch(vault.encryptMany([at('r1'), at('r3')].map((reference) => ({ reference, plaintext: value })))),
    watch(vault.decrypt(at('r1'), ciphertext)),
    watch(vault.openDataSet({ contractId: 'c1', dataSetId: 'd2' })),
    watch(vault.blindIndex(at('r1'), [value])),
    fence(),
  ]);
  await scene.scheduler.waitFor(running);
  expect(late).toEqual([]);
  expect(memory.storedBytes()).toEqual([]);
  // Nothing slipped back into the memory of the process that wrote the fence.
  const evicted = fencing.evictErasedKeys();
  await scene.scheduler.waitFor(evicted);
  expect(await evicted).toBe(0);
  await scene.scheduler.waitFor(watch(vault.encrypt(at('r1'), value)));
  expect(late).toEqual([]);
};

const stuckRevision = (store: KeyStore): KeyStore => ({ ...store, revision: () => Promise.resolve(0) });

describe('once a fence is acknowledged, nothing under it is encrypted or decrypted any more', () => {
  it('when another process wrote it, for any order of calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        await race({ scheduler, hold: holdCalls }, 'another process');
      }),
      { numRuns: 300 },
    );
  });

  it('when another process wrote it, for any order of calls and answers but the last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        await race({ scheduler, hold: holdAllButRevisions }, 'another process');
      }),
      { numRuns: 300 },
    );
  });

  it('when the same process wrote it, for any order of calls and answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        await race({ scheduler, hold: holdCallsAndAnswers }, 'the same process');
      }),
      { numRuns: 300 },
    );
  });

  it('and a vault that does not ask again would be caught', async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      await race({ scheduler, hold: holdCalls, mutate: stuckRevision }, 'another process');
    });
    await expect(fc.assert(property, { numRuns: 300 })).rejects.toThrow(/seed/);
  });
});

describe('a fence on one recipient', () => {
  it('reaches an import that is running in the same process, for any order of calls and answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { memory, open } = openVaults({ scheduler, hold: holdCallsAndAnswers });
        const vault = open();
        await warmUp(memory);
        let isFenced = false;
        const imported = vault
          .encryptMany(['r1', 'r2'].map((recipientId) => ({ reference: at(recipientId), plaintext: value })))
          .then(([first, second]) => ({ first: first?.state, second: second?.state, wasFenced: isFenced }));
        const erased = vault.eraseRecipient(at('r1')).then(() => {
          isFenced = true;
        });
        await scheduler.waitFor(Promise.all([imported, erased]));
        const { first, second, wasFenced } = await imported;
        if (wasFenced) expect(first).toBe('erased');
        expect(second).toBe('encrypted');
      }),
      { numRuns: 300 },
    );
  });
});

describe('creating keys', () => {
  it('at the same time in two processes gives one key, for any order of calls and answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { open } = openVaults({ scheduler, hold: holdCallsAndAnswers });
        const vaults = [open(), open()] as const;
        const encryptions = Promise.all([
          vaults[0].encrypt(at('r1'), value),
          vaults[1].encrypt(at('r1'), value),
          vaults[0].encryptMany([{ reference: at('r1'), plaintext: value }]).then((answers) => answers[0]!),
        ]);
        await scheduler.waitFor(encryptions);
        for (const answer of await encryptions) {
          expect(answer.state).toBe('encrypted');
          if (answer.state !== 'encrypted') continue;
          for (const vault of vaults) {
            const back = vault.decrypt(at('r1'), answer.ciphertext);
            await scheduler.waitFor(back);
            expect(await back).toEqual({ state: 'decrypted', plaintext: value });
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
