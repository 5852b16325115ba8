import type { StoreEraser } from '@mandate/deletion';
import type { ErasureReceipt } from '@mandate/domain';
import { isSameOrder } from '../erasure-order';
import { failed } from '../failed';
import type { RecordedAttestation } from './attestation';
import type { Attestations } from './attestations';

export interface ManualEraserOptions {
  readonly attestations: Attestations;
}

const receiptOf = (said: RecordedAttestation): ErasureReceipt => {
  const { method, found, erased, firstActionAt, lastActionAt, evidenceDigest } = said;
  return { method, found, erased, firstActionAt, lastActionAt, verification: 'attested', evidenceDigest };
};

/**
 * For stores that only a person can erase, such as copies on paper or on somebody's computer: fails with
 * `awaiting-attestation` until a person has said for this very order what she did.
 */
export const manualEraser =
  ({ attestations }: ManualEraserOptions): StoreEraser =>
  async (order) => {
    const said = await attestations.read(order.idempotencyKey);
    if (said === undefined) {
      await attestations.await(order);
      return failed('awaiting-attestation');
    }
    return isSameOrder(said.order, order)
      ? { outcome: 'erased', receipt: receiptOf(said) }
      : failed('attestation-of-another-order');
  };
