import type { ErasureOrder } from '@mandate/deletion';
import type { Instant } from '@mandate/event-sourcing';
import type { RecordedAttestation } from './attestation';

/** An order that waits for a person, and since when. */
export interface AwaitedOrder {
  readonly order: ErasureOrder;
  readonly since: Instant;
}

/**
 * What came of an attestation.
 * - `not-awaited`: nobody asked for it; perhaps it is that of another order.
 * - `attested-already`: the first one stays.
 * - `incomplete`: something was found that is not erased.
 * - `impossible-times`: the last action before the first, or one that is yet to come.
 */
export type AttestationOutcome =
  | { readonly outcome: 'recorded'; readonly attestation: RecordedAttestation }
  | {
      readonly outcome: 'refused';
      readonly code: 'not-awaited' | 'attested-already' | 'incomplete' | 'impossible-times';
    }
  | { readonly outcome: 'invalid'; readonly sentence: string };

/** Where orders wait for people, and where people say that they are done. */
export interface Attestations {
  /** Puts an order on the list, unless it is there. Rejects when its key is that of another order. */
  await(order: ErasureOrder): Promise<AwaitedOrder>;
  /** Takes down what a person says, once for each order. Whatever is handed in, the answer says what came of it. */
  record(attestation: unknown): Promise<AttestationOutcome>;
  /** What was said about the order of this key, if anything was. */
  read(idempotencyKey: string): Promise<RecordedAttestation | undefined>;
  /** Orders that still wait, the oldest first. */
  outstanding(): Promise<readonly AwaitedOrder[]>;
}
