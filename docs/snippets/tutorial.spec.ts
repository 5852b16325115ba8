import { describe, expect, it } from '@jest/globals';
import { createMasterKeyFile, instantOf, masterKeyFromFile } from '@mandate/processor';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tutorial } from './tutorial';

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
