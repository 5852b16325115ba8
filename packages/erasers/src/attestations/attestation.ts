import type { ErasureOrder } from '@mandate/deletion';
import { digest, erasureMethod, wholeNumber, type Digest, type ErasureMethod } from '@mandate/domain';
import { instantCodec, patternCodec, recordCodec, type Instant } from '@mandate/event-sourcing';
import type * as t from 'io-ts';
import { erasureOrder } from '../erasure-order';

/** What a person says she did for an order: counts, times and a document that shows it, never whose data it was. */
export interface Attestation {
  readonly order: ErasureOrder;
  /** An opaque id of the person, never a name or an address. */
  readonly attestedBy: string;
  readonly method: ErasureMethod;
  readonly found: number;
  readonly erased: number;
  readonly firstActionAt: Instant;
  readonly lastActionAt: Instant;
  /** SHA-256 of the document that she signed. */
  readonly evidenceDigest: Digest;
}

/** An attestation as it was taken down. */
export interface RecordedAttestation extends Attestation {
  readonly attestedAt: Instant;
}

const fields = {
  order: erasureOrder,
  attestedBy: patternCodec(
    // Digits alone could be somebody's telephone number.
    /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    'an opaque id (up to 64 letters, digits and . _ : -, with a letter among them)',
  ),
  method: erasureMethod,
  found: wholeNumber,
  erased: wholeNumber,
  firstActionAt: instantCodec,
  lastActionAt: instantCodec,
  evidenceDigest: digest,
};

export const attestation: t.Type<Attestation, unknown> = recordCodec<Attestation>('an attestation', fields);

export const recordedAttestation: t.Type<RecordedAttestation, unknown> = recordCodec<RecordedAttestation>(
  'a recorded attestation',
  { ...fields, attestedAt: instantCodec },
);
