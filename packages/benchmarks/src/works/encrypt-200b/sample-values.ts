import { randomBytes, randomUUID } from 'node:crypto';
import type { FieldValue } from '@mandate/vault';

/** Where the values belong; recipients differ. */
export const place = {
  contractId: randomUUID(),
  dataSetId: randomUUID(),
  field: 'recipient-contact.email',
};

const valueBytes = 200;

/** Values of 200 bytes, each of another recipient. */
export const sampleValues = (count: number): readonly FieldValue[] =>
  Array.from({ length: count }, () => ({
    reference: { ...place, recipientId: randomUUID() },
    plaintext: randomBytes(valueBytes),
  }));

/** How many values are what they should be. */
export const countEqual = (values: readonly FieldValue[], found: readonly Uint8Array[]): number =>
  values.filter(({ plaintext }, index) => Buffer.compare(plaintext, found[index] ?? new Uint8Array()) === 0)
    .length;
