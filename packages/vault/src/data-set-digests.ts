import { createHmac, hkdfSync } from 'node:crypto';
import { encodeParts } from './associated-data';
import type { KeyCustody } from './key-custody';
import type { KeyRing } from './key-ring';
import type { Erased } from './key-store';
import { neverKnown } from './opened-key';
import type { Frozen, OpenedKey } from './opened-key';
import type { OperationInFlight, OperationsInFlight } from './operations-in-flight';
import { assertField, dataSetPathOf } from './reference';
import type { DataSetFieldReference, DataSetReference } from './reference';

export interface Indexed {
  readonly state: 'indexed';
  /** 32 bytes for each value, in the same order. */
  readonly indexes: readonly Uint8Array[];
}

export interface Digested {
  readonly state: 'digested';
  /** 32 bytes. */
  readonly digest: Uint8Array;
  readonly entries: number;
}

const KEY_BYTES = 32;
const FORMAT = 1;

/**
 * Keyed digests of personal data. A bare hash of an address is still the address to anybody with a list of addresses;
 * these can be computed only with the data set's key and mean nothing once it is destroyed.
 */
export class DataSetDigests {
  readonly #custody: KeyCustody;
  readonly #operations: OperationsInFlight;

  constructor(custody: KeyCustody, operations: OperationsInFlight) {
    this.#custody = custody;
    this.#operations = operations;
  }

  /** Creates the keys of contract and data set where they were never known. */
  async open(reference: DataSetReference): Promise<{ readonly state: 'active' } | Erased | Frozen> {
    const path = dataSetPathOf(reference);
    return this.#operations.run(path, async (operation) => {
      const key = await this.#custody.openOrCreate(path, operation);
      if (key.state !== 'active') return key;
      key.ring.wipe();
      const [verdict] = await this.#custody.verdicts([path], key.revision, operation);
      if (verdict !== undefined && verdict !== null) return verdict;
      return key.frozenAt === null ? { state: 'active' } : { state: 'frozen', frozenAt: key.frozenAt };
    });
  }

  async blindIndexes(
    reference: DataSetFieldReference,
    values: readonly Uint8Array[],
  ): Promise<Indexed | Erased> {
    assertField(reference.field);
    return this.#withKey(reference, (ring) => {
      const key = subKeyOf(ring, 'blind-index', [reference.field]);
      const indexes = values.map((value) => createHmac('sha256', key).update(value).digest());
      key.fill(0);
      return Promise.resolve({ state: 'indexed', indexes });
    });
  }

  async manifestDigest(
    reference: DataSetReference,
    entries: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<Digested | Erased> {
    return this.#withKey(reference, (ring) => {
      const key = subKeyOf(ring, 'manifest', []);
      const hmac = createHmac('sha256', key);
      key.fill(0);
      return digestOf(hmac, entries);
    });
  }

  /** Wipes the key as soon as the work has begun: the work takes from it what it needs before its first await. */
  async #withKey<T>(reference: DataSetReference, work: (ring: KeyRing) => Promise<T>): Promise<T | Erased> {
    const path = dataSetPathOf(reference);
    return this.#operations.run(path, async (operation) => {
      const key = await this.#openKnown(path, operation);
      if (key.state === 'erased') return key;
      const result = await beginAndWipe(key.ring, work);
      const [verdict] = await this.#custody.verdicts([path], key.revision, operation);
      return verdict?.state === 'erased' ? verdict : result;
    });
  }

  async #openKnown(
    path: ReturnType<typeof dataSetPathOf>,
    operation: OperationInFlight,
  ): Promise<OpenedKey | Erased> {
    const key = await this.#custody.open(path, operation);
    if (key.state === 'never-known') throw neverKnown();
    return key;
  }
}

const beginAndWipe = <T>(ring: KeyRing, work: (ring: KeyRing) => Promise<T>): Promise<T> => {
  try {
    return work(ring);
  } finally {
    ring.wipe();
  }
};

/** HKDF-SHA-256 (RFC 5869): one key per use, so that an index never equals a digest of the same bytes. */
const subKeyOf = (ring: KeyRing, use: string, parts: readonly string[]): Buffer => {
  const info = encodeParts(`mandate.vault.${use}`, FORMAT, parts);
  return Buffer.from(hkdfSync('sha256', ring.permanentKey, '', info, KEY_BYTES));
};

/** Each entry is preceded by its length, and their number comes last, so that entries cannot be cut differently. */
const digestOf = async (
  hmac: ReturnType<typeof createHmac>,
  entries: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Digested> => {
  let count = 0;
  for await (const entry of entries) {
    hmac.update(uint64(entry.length));
    hmac.update(entry);
    count += 1;
  }
  hmac.update(uint64(count));
  return { state: 'digested', digest: hmac.digest(), entries: count };
};

const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
