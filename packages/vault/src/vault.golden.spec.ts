import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyMemory } from './key-memory';
import { ANNA, EMAIL, openVault, plaintextOf } from './testing/vault-scenery';

/**
 * Bytes that format 1 wrote, after one rotation of the contract's key. They must be readable for as long as somebody's
 * data is. The master key is sixteen times `a` and sixteen times `b`; the value is anna@example.com.
 */
const GOLDEN = {
  contract:
    'ARZsb2NhbC04NDE2ODI0NGZjMDJmZmEzVeMAhp9Ak/zzeIzh0U7QFzTqcwWDsx9OgAMcg7zZbwEOrfJbuGjCfDhYQvIVtTol+sBtDtY3vTImkck9mWX97A==',
  dataSet:
    'AQAAAALdse1GpRkHHoaikWEAbijeY3WhpChGgn/7OoOZ2i1J/a7v7KcY/CYVM/2cdtLx+L+5+iQxO3SXZOcBpjK/2wopXG3GVnQPoBfMvZUSH4DJ8FSoNU2YevN9jn3PQHtE9Wz1GgQk',
  recipient: 'AQAAAAG0h4cfjMarXg+P5z6B2p0XHmQomicFqGhfarbkuJqQwJCeCfej9imFjKFDSg4KRL30zSVl4cOTrS2OBmMXm6g7',
  ciphertext: 'AUiYR4tVvGEUR2vTDbb1E3GllFpm8jd8i4WtFXq4/hHc1JcNIDnecTbOWNRs',
  blindIndex: 'jDiVqvhGi/Sk3oeeaKIAWZDOlEcmfPm2Fx9hZa1meRY=',
  manifestDigest: '/V1Datuw3VwQ78bRz9XqjvJp4cslrqpUaPHnxEL2ACA=',
} as const;

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

const goldenMemory = (): KeyMemory => {
  const memory = new KeyMemory();
  memory.create([
    { path: ['c1'], wrapped: bytes(GOLDEN.contract), parentGeneration: 0 },
    { path: ['c1', 'd1'], wrapped: bytes(GOLDEN.dataSet), parentGeneration: 1 },
    { path: ['c1', 'd1', 'r1'], wrapped: bytes(GOLDEN.recipient), parentGeneration: 1 },
  ]);
  return memory;
};

describe('what format 1 wrote', () => {
  it('is decrypted', async () => {
    expect(await plaintextOf(openVault(goldenMemory()), EMAIL, bytes(GOLDEN.ciphertext))).toEqual(ANNA);
  });

  it('has the same digests', async () => {
    const vault = openVault(goldenMemory());
    expect(await vault.blindIndex(EMAIL, [ANNA])).toEqual({
      state: 'indexed',
      indexes: [bytes(GOLDEN.blindIndex)],
    });
    expect(await vault.manifestDigest(EMAIL, [ANNA, Buffer.from('r2')])).toEqual({
      state: 'digested',
      digest: bytes(GOLDEN.manifestDigest),
      entries: 2,
    });
  });
});

/** The format as the package's README describes it, written once more with nothing but `node:crypto`. */
describe('the description of the format', () => {
  const associatedData = (...parts: readonly string[]): Buffer =>
    Buffer.concat([
      Buffer.of(1),
      ...parts.flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.byteLength(part));
        return [length, Buffer.from(part)];
      }),
    ]);

  const open = (key: Uint8Array, sealed: Buffer, data: Buffer): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(data);
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  };

  const versionsIn = (ring: Buffer): ReadonlyMap<number, Buffer> =>
    new Map(
      Array.from({ length: ring.length / 36 }, (_, index) => [
        ring.readUInt32BE(index * 36),
        ring.subarray(index * 36 + 4, index * 36 + 36),
      ]),
    );

  const masterKey = Buffer.from('a'.repeat(16) + 'b'.repeat(16));
  const contract = versionsIn(
    open(
      masterKey,
      bytes(GOLDEN.contract).subarray(24),
      associatedData('mandate.vault.master-key', 'contract', 'c1'),
    ),
  );
  const dataSet = versionsIn(
    open(
      contract.get(2)!,
      bytes(GOLDEN.dataSet).subarray(5),
      associatedData('mandate.vault.key', 'data-set', '2', 'c1', 'd1'),
    ),
  );
  const recipient = versionsIn(
    open(
      dataSet.get(1)!,
      bytes(GOLDEN.recipient).subarray(5),
      associatedData('mandate.vault.key', 'recipient', '1', 'c1', 'd1', 'r1'),
    ),
  );

  it('leads from the master key to the value', () => {
    expect(bytes(GOLDEN.contract).toString('latin1', 2, 24)).toBe('local-84168244fc02ffa3');
    const data = associatedData('mandate.vault.value', 'c1', 'd1', 'r1', 'email');
    expect(open(recipient.get(0)!, bytes(GOLDEN.ciphertext).subarray(1), data)).toEqual(Buffer.from(ANNA));
  });

  it('leads from the master key to the digests', () => {
    const subKey = (...info: readonly string[]): Buffer =>
      Buffer.from(hkdfSync('sha256', dataSet.get(0)!, '', associatedData(...info), 32));
    const index = createHmac('sha256', subKey('mandate.vault.blind-index', 'email')).update(ANNA).digest();
    expect(index.toString('base64')).toBe(GOLDEN.blindIndex);
    const uint64 = (value: number): Buffer => Buffer.from(value.toString(16).padStart(16, '0'), 'hex');
    const manifest = Buffer.concat([uint64(16), ANNA, uint64(2), Buffer.from('r2'), uint64(2)]);
    const digest = createHmac('sha256', subKey('mandate.vault.manifest')).update(manifest).digest();
    expect(digest.toString('base64')).toBe(GOLDEN.manifestDigest);
  });
});
