import { describe, expect, it } from '@jest/globals';
import { KeyRing } from './key-ring';

const hex = (bytes: Uint8Array | null): string =>
  bytes === null ? 'none' : Buffer.from(bytes).toString('hex');

describe('a key ring', () => {
  it('has for each level the keys it needs', () => {
    const [contract, dataSet, recipient] = (['contract', 'data-set', 'recipient'] as const).map((level) =>
      KeyRing.create(level),
    );
    expect(contract!.wrappingVersion).toBe(1);
    expect(() => contract!.permanentKey).toThrow(/no permanent key/);
    expect(dataSet!.wrappingVersion).toBe(1);
    expect(dataSet!.permanentKey).toHaveLength(32);
    expect(hex(dataSet!.permanentKey)).not.toBe(hex(dataSet!.wrappingKey(1)));
    expect(recipient!.wrappingVersion).toBe(0);
    expect(recipient!.wrappingKey(0)).toBeNull();
    expect(recipient!.permanentKey).toHaveLength(32);
  });

  it('gains a version, keeps the old one until it is told to drop it, and keeps the permanent key for ever', () => {
    const ring = KeyRing.create('data-set');
    const [permanent, first] = [hex(ring.permanentKey), hex(ring.wrappingKey(1))];
    const both = ring.withNextVersion();
    expect([ring.isBeingRotated, both.isBeingRotated]).toEqual([false, true]);
    expect(hex(both.wrappingKey(1))).toBe(first);
    expect(both.wrappingVersion).toBe(2);
    const second = hex(both.wrappingKey(2));
    const newest = both.withNewestVersionOnly();
    expect(newest.isBeingRotated).toBe(false);
    expect([hex(newest.wrappingKey(1)), hex(newest.wrappingKey(2))]).toEqual(['none', second]);
    expect(new Set([first, second, permanent]).size).toBe(3);
    expect(hex(newest.permanentKey)).toBe(permanent);
    expect(newest.withNextVersion().wrappingVersion).toBe(3);
  });

  it('is nothing but zeros once it is wiped, and refuses every use', () => {
    const ring = KeyRing.create('data-set');
    const [bytes, permanent, wrapping] = [ring.toBytes(), ring.permanentKey, ring.wrappingKey(1)!];
    const copy = ring.copy();
    ring.wipe();
    expect([...bytes, ...permanent, ...wrapping].every((byte) => byte === 0)).toBe(true);
    const uses = [
      (): unknown => ring.toBytes(),
      (): unknown => ring.copy(),
      (): unknown => ring.permanentKey,
      (): unknown => ring.wrappingKey(1),
      (): unknown => ring.withNextVersion(),
    ];
    for (const use of uses) expect(use).toThrow(expect.objectContaining({ code: 'key-wiped' }));
    expect([...copy.toBytes()].some((byte) => byte !== 0)).toBe(true);
  });

  it('lives in memory of its own, not in a pool that others read', () => {
    const ring = KeyRing.create('recipient');
    for (const bytes of [ring.toBytes(), ring.copy().toBytes(), ring.withNextVersion().toBytes()]) {
      expect(bytes.buffer.byteLength).toBe(bytes.length);
    }
  });

  it('refuses bytes that cannot be a ring', () => {
    for (const length of [0, 1, 35, 37]) {
      expect(() => KeyRing.fromBytes(Buffer.alloc(length))).toThrow(
        expect.objectContaining({ code: 'unknown-format' }),
      );
    }
  });
});
