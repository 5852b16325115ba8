import type { StoreEraser } from '@mandate/deletion';
import { createInMemoryEventStore, instantOf, type EventStore, type Instant } from '@mandate/event-sourcing';
import { createInMemoryKeyStore, createVault, masterKeyFromBytes, type KeyStore } from '@mandate/vault';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createInMemoryCertificateStore, type CertificateStore } from '../certificates/certificate-store';
import { createProcessor, type ProcessorPorts } from '../create-processor';
import type { Processor } from '../processor';

// A key for tests only: its secret is here for everybody to read.
export const testSigningKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`;

/** A clock that stands still until it is moved. */
export interface VirtualClock {
  (): Instant;
  readonly moveTo: (instant: string) => void;
}

export const createVirtualClock = (start: string): VirtualClock => {
  let now = instantOf(Date.parse(start));
  return Object.assign(() => now, {
    moveTo: (instant: string): void => {
      now = instantOf(Date.parse(instant));
    },
  });
};

/** What outlives a processor: a crash ends the one and keeps the other. */
export interface Surroundings {
  readonly eventStore: EventStore;
  readonly keyStore: KeyStore;
  readonly certificates: CertificateStore;
  readonly signingKey: KeyObject;
  readonly clock: VirtualClock;
  readonly newId: () => string;
}

/** Ids that count, so that two runs of one story have the same ones. */
const countingIds = (): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return `1d000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  };
};

export const createSurroundings = (start: string): Surroundings => {
  const clock = createVirtualClock(start);
  return {
    clock,
    eventStore: createInMemoryEventStore({ clock }),
    keyStore: createInMemoryKeyStore(),
    certificates: createInMemoryCertificateStore(),
    signingKey: createPrivateKey(testSigningKey),
    newId: countingIds(),
  };
};

/** A processor in these surroundings, as after a start. */
export const startProcessor = (
  surroundings: Surroundings,
  erasers: Readonly<Record<string, StoreEraser>>,
  others: Partial<ProcessorPorts> = {},
): Processor => {
  const { keyStore, ...ports } = surroundings;
  const masterKey = masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index));
  const vault = createVault({ keyStore, masterKey, clock: ports.clock });
  return createProcessor({ ...ports, vault, erasers, ...others });
};
