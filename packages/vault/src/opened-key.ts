import type { KeyRing } from './key-ring';
import type { Erased, KeyReading } from './key-store';
import { VaultError } from './vault-error';

/** The contract was frozen: nothing more is encrypted under it, while everything can still be decrypted. */
export interface Frozen {
  readonly state: 'frozen';
  /** ISO 8601, UTC. */
  readonly frozenAt: string;
}

/** An unwrapped key in the hands of one operation, which wipes the ring in the end. */
export interface OpenedKey {
  readonly state: 'active';
  readonly ring: KeyRing;
  readonly generation: number;
  readonly frozenAt: string | null;
  /** The key store's revision before it was asked about this key. */
  readonly revision: number;
}

/** What has become of a key since an operation began; `null` when it may be used for everything. */
export type Verdict = Erased | Frozen | null;

export const verdictOf = (reading: KeyReading): Verdict => {
  switch (reading.state) {
    case 'never-known':
      throw neverKnown();
    case 'erased':
      return reading;
    case 'active':
      return reading.frozenAt === null ? null : { state: 'frozen', frozenAt: reading.frozenAt };
  }
};

export const neverKnown = (): VaultError =>
  new VaultError('key-never-known', 'there never was such a key: a wrong id, or a key store that lost data');

export const contended = (): VaultError =>
  new VaultError(
    'key-store-contended',
    'other processes kept changing the same keys; the call may be repeated',
  );
