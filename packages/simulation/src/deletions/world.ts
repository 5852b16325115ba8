import type { ErasureOrder, SignedCertificate } from '@mandate/deletion';
import { createInMemoryEventStore, type EventStore, type Instant } from '@mandate/event-sourcing';
import { createVirtualTime, type VirtualTime } from '@mandate/event-sourcing/testing';
import {
  createInMemoryCertificateStore,
  createProcessor,
  createVault,
  masterKeyFromBytes,
  type CertificateStore,
  type Processor,
  type ProcessorPorts,
  type Vault,
} from '@mandate/processor';
import type { KeyStore } from '@mandate/vault';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { textOf } from './canaries';
import type { Parts } from './mutants';
import { dayOf, type StoreName } from './names';
import type { Plan } from './plan';
import { createRecipientStores, type RecipientStores } from './recipient-stores';
import { createWatchedKeyStore, type WatchedKeyStore } from './watched-key-store';

/** A data set as those know it who entrusted it. */
export interface EntrustedSet {
  readonly contractId: string;
  readonly dataSetId: string;
  readonly number: number;
  readonly recipients: readonly string[];
  readonly stores: Set<StoreName>;
  /** Laws that were accepted and not lifted, each with the instant until which it holds. */
  readonly laws: Map<string, Instant>;
  readonly secrets: { readonly recipientId: string; readonly ciphertext: Uint8Array }[];
  isAcknowledged: boolean;
}

/** A contract as its parties know it. */
export interface Engagement {
  readonly contract: number;
  readonly contractId: string;
  readonly choice: 'delete' | 'return-then-delete';
  endsAt?: Instant;
  readonly sets: Map<number, EntrustedSet>;
}

/** What there is beside the processes: all that outlives them, and all that people know. */
export interface World {
  readonly plan: Plan;
  readonly parts: Parts;
  readonly time: VirtualTime;
  readonly eventStore: EventStore;
  readonly ledgerStore: EventStore;
  readonly keys: WatchedKeyStore;
  readonly certificates: CertificateStore;
  /** Every certificate that was ever put somewhere. */
  readonly issued: SignedCertificate[];
  readonly signingKey: KeyObject;
  readonly stores: RecipientStores;
  readonly engagements: Map<number, Engagement>;
  /** A processor without faults, for those who give commands. It runs no deletions. */
  readonly application: Processor;
  readonly newId: () => string;
  /** How many calls all processes together have made to the world. */
  calls: number;
  /** How much has happened while a process was at work. */
  happenedMeanwhile: number;
  /** How many processes have died. */
  deaths: number;
  /** Told when a store hangs: by whoever lives then. */
  onHang: () => void;
  /** Everything the library said that may be read by anybody. */
  readonly said: string[];
  readonly complaints: Set<string>;
}

// A key for simulations only: its secret is here for everybody to read.
const signingKeyText = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`;

/** The same in every run, so that two runs of one plan have the same log. */
const storeId = '5e000000-0000-4000-8000-000000000000';

const countingIds = (): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return `1d000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  };
};

export const vaultOn = (
  keyStore: KeyStore,
  time: VirtualTime,
  onFenced?: NonNullable<Parameters<typeof createVault>[0]['onFenced']>,
): Vault =>
  createVault({
    keyStore,
    masterKey: masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index)),
    clock: time.clock,
    ...(onFenced === undefined ? {} : { onFenced }),
  });

/** Puts down what the library said, to be searched for canaries at the end. */
export const hear = (world: Pick<World, 'said'>, something: object): void => {
  world.said.push(textOf(something));
};

export const setsOf = (world: World): readonly EntrustedSet[] =>
  [...world.engagements.values()].flatMap(({ sets }) => [...sets.values()]);

export const setWith = (world: World, dataSetId: string): EntrustedSet | undefined =>
  setsOf(world).find((set) => set.dataSetId === dataSetId);

export const lawInForce = ({ laws }: EntrustedSet, at: Instant): boolean =>
  [...laws.values()].some((until) => at < until);

/** The ports that all processors of a world have in common. */
export const portsOf = (
  world: Pick<World, 'signingKey' | 'time' | 'newId'>,
): Pick<ProcessorPorts, 'signingKey' | 'clock' | 'newId'> => ({
  signingKey: world.signingKey,
  clock: world.time.clock,
  newId: world.newId,
});

/** Whether the controller has chosen to get its data back first, and has not confirmed that it has it. */
export const isOwedBack = ({ choice }: Engagement, { isAcknowledged }: EntrustedSet): boolean =>
  choice === 'return-then-delete' && !isAcknowledged;

export const hasEnded = ({ endsAt }: Engagement, at: Instant): boolean =>
  endsAt !== undefined && endsAt <= at;

/** Looks at every order at the moment at which it is given. */
export type InspectOrder = (world: World, order: ErasureOrder) => Promise<readonly string[]>;

/** Looks at every certificate at the moment at which it is issued. */
export type InspectCertificate = (world: World, certificate: SignedCertificate) => Promise<readonly string[]>;

/** What is looked at while a simulation is under way. */
export interface Inspections {
  readonly order: InspectOrder;
  readonly certificate: InspectCertificate;
}

export const createWorld = (plan: Plan, parts: Parts, inspect: Inspections): World => {
  const time = createVirtualTime({ startAt: dayOf(0) });
  const eventStore = createInMemoryEventStore({ clock: time.clock, storeId });
  const complaints = new Set<string>();
  const keys = createWatchedKeyStore((complaint) => complaints.add(complaint));
  const certificates = createInMemoryCertificateStore();
  const issued: SignedCertificate[] = [];
  const common = { time, signingKey: createPrivateKey(signingKeyText), newId: countingIds() };
  const application = createProcessor({
    ...portsOf(common),
    ...{ eventStore, certificates, erasers: {} },
    vault: vaultOn(keys.store, time),
  });
  const stores = createRecipientStores({
    ...{ plan, time, matches: parts.matches },
    onOrder: async (order) => {
      for (const complaint of await inspect.order(world, order)) complaints.add(complaint);
    },
    onHang: () => world.onHang(),
  });
  const world: World = {
    ...common,
    ...{ plan, parts, eventStore, keys, issued, stores, complaints },
    ledgerStore: createInMemoryEventStore({ clock: time.clock }),
    certificates: {
      get: certificates.get,
      put: async (certificate) => {
        issued.push(certificate);
        for (const complaint of await inspect.certificate(world, certificate)) complaints.add(complaint);
        return certificates.put(certificate);
      },
    },
    engagements: new Map(),
    application: parts.processor(application),
    ...{ calls: 0, happenedMeanwhile: 0, deaths: 0 },
    onHang: () => undefined,
    said: [],
  };
  return world;
};
