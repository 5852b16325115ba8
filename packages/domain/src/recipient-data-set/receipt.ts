import { instantCodec, recordCodec, type Instant } from '@mandate/event-sourcing';
import type * as t from 'io-ts';
import {
  country,
  digest,
  erasureMethod,
  erasureVerification,
  period,
  storeKind,
  storeName,
  wholeNumber,
  type Country,
  type Digest,
  type ErasureMethod,
  type ErasureVerification,
  type Period,
  type StoreKind,
  type StoreName,
} from '../vocabulary';

/** A place that holds entrusted data, as it stands in the register of stores. */
export interface RegisteredStore {
  readonly name: StoreName;
  readonly kind: StoreKind;
  readonly region: Country;
  /** How long its backups live; absent where it has none. */
  readonly backupRetention?: Period;
}

/** What a store says it did when it was told to erase: counts and times, never whose data it was. */
export interface ErasureReceipt {
  readonly method: ErasureMethod;
  /** Items found when the erasure began; 0 where nothing was held. */
  readonly found: number;
  readonly erased: number;
  readonly firstActionAt: Instant;
  readonly lastActionAt: Instant;
  readonly verification: ErasureVerification;
  /** Of the store's own proof, where it gives one. */
  readonly evidenceDigest?: Digest;
}

export const registeredStore: t.Type<RegisteredStore, unknown> = recordCodec<RegisteredStore>(
  'a registered store',
  { name: storeName, kind: storeKind, region: country },
  { backupRetention: period },
);

export const erasureReceipt: t.Type<ErasureReceipt, unknown> = recordCodec<ErasureReceipt>(
  'an erasure receipt',
  {
    method: erasureMethod,
    found: wholeNumber,
    erased: wholeNumber,
    firstActionAt: instantCodec,
    lastActionAt: instantCodec,
    verification: erasureVerification,
  },
  { evidenceDigest: digest },
);
