import { randomBytes } from 'node:crypto';
import type { KeyPath, NewKey } from '@mandate/vault';

export const at = '2026-03-29T06:00:00.000Z';

export const newKey = (path: KeyPath, size = 60): NewKey => ({
  path,
  wrapped: randomBytes(size),
  parentGeneration: path.length === 1 ? 0 : 1,
});

/** How many of these keys can be found, whole or in part. */
export const foundAmong = (
  files: readonly Uint8Array[],
  keys: readonly { readonly wrapped: Uint8Array }[],
): number => {
  const buffers = files.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const isFound = ({ wrapped }: { readonly wrapped: Uint8Array }): boolean =>
    [wrapped.subarray(0, 12), wrapped.subarray(-12)]
      .map((trace) => Buffer.from(trace))
      .some((trace) => buffers.some((bytes) => bytes.includes(trace)));
  return keys.filter(isFound).length;
};
