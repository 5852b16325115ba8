import { describe, expect, it } from '@jest/globals';
import { createMasterKeyFile, instantOf, masterKeyFromFile, type ErasureOrder } from '@mandate/processor';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailingList, tutorial } from './tutorial';

const regions = async (): Promise<readonly string[]> => {
  const source = await readFile(join(__dirname, 'tutorial.ts'), 'utf8');
  return [...source.matchAll(/^( *)\/\/ #region [\w-]+\n([\s\S]*?)^ *\/\/ #endregion/gm)].map(
    ([, indent, region]) =>
      (region ?? '')
        .split('\n')
        .map((line) => (line.startsWith(indent ?? '') ? line.slice((indent ?? '').length) : line))
        .join('\n')
        .trim(),
  );
};

describe('the tutorial', () => {
  it('tells what it promises', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mandate-'));
    const told: string[] = [];
    let now = instantOf(Date.parse('2026-01-02T10:00:00.000Z'));
    try {
      await createMasterKeyFile(join(folder, 'master-key'));
      await tutorial({
        folder,
        masterKey: await masterKeyFromFile(join(folder, 'master-key')),
        clock: () => now,
        moveClockTo: (instant) => {
          now = instantOf(Date.parse(instant));
        },
        publicKeyOf: async (from) => {
          const pem = await readFile(join(from, 'signing-key.pem'), 'utf8');
          return createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }).toString();
        },
        tell: (line) => told.push(line),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(told).toEqual([
      'instruction: accepted',
      'data set: accepted',
      'newsletter by e-mail: allow',
      'newsletter by SMS: deny',
      'GDPR Art. 28(3)(a), 29; GDPR Art. 28(3)(a), 29',
      'deletion is due at 2026-03-30T22:00:00.000Z',
      'newsletter after the end: deny',
      'certificate: complete, genuine',
    ]);
  });

  it('stands in docs/tutorial.md as it runs here', async () => {
    const page = await readFile(join(__dirname, '../tutorial.md'), 'utf8');
    for (const region of await regions()) expect(page).toContain(region);
  });
});

describe('the eraser of the tutorial', () => {
  const contractId = '0b7d1c6e-8a55-4c8e-9b1e-3f6a1f0c2d11';
  const another = '1c8e2d7f-8a55-4c8e-9b1e-3f6a1f0c2d12';
  const dataSetId = '5f0f8a4e-37f5-4f4b-8d0e-6a1f7f6c9e22';
  const anotherDataSet = '60108a4e-37f5-4f4b-8d0e-6a1f7f6c9e23';
  const row = Buffer.from('ciphertext');
  const order = { contractId, dataSetId, store: 'mailing-list', idempotencyKey: another } as ErasureOrder;

  it('erases the data set of its order, and nothing of any other data set or contract', async () => {
    const { write, held, erase } = createMailingList(() => instantOf(0));
    const others = [
      { contractId, dataSetId: anotherDataSet },
      { contractId: another, dataSetId },
    ];
    for (const of of [order, ...others]) {
      write(of, 'r-1', row);
      write(of, 'r-2', row);
    }
    expect(await erase(order)).toMatchObject({ receipt: { method: 'row-deletion', found: 2, erased: 2 } });
    expect([order, ...others].map(held)).toEqual([0, 2, 2]);
  });

  it('answers the same order with its first receipt', async () => {
    let now = 0;
    const { write, erase } = createMailingList(() => instantOf((now += 1000)));
    write(order, 'r-1', row);
    const first = await erase(order);
    expect(await erase(order)).toEqual(first);
    const nextOrder = { ...order, idempotencyKey: contractId } as ErasureOrder;
    expect(await erase(nextOrder)).toMatchObject({
      receipt: { method: 'nothing-held', found: 0, erased: 0 },
    });
  });
});
