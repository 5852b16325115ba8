import { contractId, legalDate, terminationGround, type ContractEvent } from '@mandate/domain';
import {
  eventCodec,
  guardedCodec,
  instantCodec,
  recordCodec,
  type EventCodec,
  type Instant,
} from '@mandate/event-sourcing';
import { assertKeyPath, type FenceRecord, type KeyPath } from '@mandate/vault';
import type * as t from 'io-ts';

/** A key was erased, with everything beneath it. Opaque ids, no personal data. */
export interface KeyErased {
  readonly type: 'KeyErased';
  readonly data: Omit<FenceRecord, 'fencedAt'> & { readonly fencedAt: Instant };
}

/** A contract ended: from then on everything that was entrusted under it is on its way out. */
export interface ContractEnded {
  readonly type: 'ContractEnded';
  readonly data: Extract<ContractEvent, { type: 'ContractTerminated' }>['data'];
}

/** After a restore everything on record was applied again; stores are asked anew from then on. */
export interface ErasuresReapplied {
  readonly type: 'ErasuresReapplied';
  readonly data: { readonly reapplication: number; readonly keys: number; readonly contracts: number };
}

/** Something that must never be undone, whatever is restored from a backup. */
export type RecordedErasure = KeyErased | ContractEnded | ErasuresReapplied;

const isKeyPath = (value: unknown): value is KeyPath => {
  try {
    if (!Array.isArray(value)) return false;
    assertKeyPath(value);
    return true;
  } catch {
    return false;
  }
};

const keyPath: t.Type<KeyPath, KeyPath> = guardedCodec(
  'the path of a key: one to three opaque ids',
  isKeyPath,
);

const wholeFrom = (least: number): t.Type<number, number> =>
  guardedCodec(
    `a whole number, ${least} or more`,
    (value): value is number => Number.isSafeInteger(value) && (value as number) >= least,
  );

export const erasureCodec: EventCodec<RecordedErasure> = eventCodec<RecordedErasure>({
  KeyErased: {
    data: recordCodec<KeyErased['data']>('KeyErased', {
      path: keyPath,
      fenceRevision: wholeFrom(1),
      fencedAt: instantCodec,
    }),
  },
  ContractEnded: {
    data: recordCodec<ContractEnded['data']>('ContractEnded', {
      contractId,
      endedAt: legalDate,
      ground: terminationGround,
    }),
  },
  ErasuresReapplied: {
    data: recordCodec<ErasuresReapplied['data']>('ErasuresReapplied', {
      reapplication: wholeFrom(1),
      keys: wholeFrom(0),
      contracts: wholeFrom(0),
    }),
  },
});
