// Events as the log holds them, with ids and dates that a reader of a failing test recognises.
import type { LegalDate } from '@mandate/domain';
import type { Unchecked } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import { deletionEventCodec, type DeletionEvent } from '../events';

export const ids = {
  contract: 'c0000000-0000-4000-8000-000000000001',
  controller: 'ca000000-0000-4000-8000-000000000001',
  processor: 'b0000000-0000-4000-8000-000000000001',
  issuer: '15500000-0000-4000-8000-000000000001',
  instruction: '1a000000-0000-4000-8000-000000000001',
} as const;

export const dataSetId = (number: number): string =>
  `da7a5e70-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const retentionId = (number: number): string =>
  `4e700000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const batchId = (number: number): string =>
  `ba7c0000-0000-4000-8000-${String(number).padStart(12, '0')}`;

type Type = DeletionEvent['type'];
type EventOf<T extends Type> = Extract<DeletionEvent, { readonly type: T }>;

/** An event from plain data; data that no event of this type can have is a mistake in the test. */
export const eventOf = <T extends Type>(type: T, data: Unchecked<EventOf<T>['data']>): EventOf<T> => {
  const decoded = deletionEventCodec.decode({ type, schemaVersion: 1, data: data });
  if (isLeft(decoded)) throw new Error(JSON.stringify(decoded.left));
  return decoded.right as EventOf<T>;
};

/** A day in Warsaw, and the instant at which it begins there. */
export const day = (date: string, at: string): Unchecked<LegalDate> => ({ date, zone: 'Europe/Warsaw', at });

const firstDay = day('2026-01-01', '2025-12-31T23:00:00.000Z');
export const lastDay = day('2026-03-31', '2026-03-30T22:00:00.000Z');
export const deadlineDay = day('2026-04-30', '2026-04-29T22:00:00.000Z');

const digest = (digit: string): string => digit.repeat(64);

export const document = (digit: string): Unchecked<EventOf<'TerminationNoticeGiven'>['data']['notice']> => ({
  digest: digest(digit),
  medium: 'signed-document',
  reference: `file/${digit}`,
  receivedAt: '2026-02-01T09:00:00.000Z',
});

const terms = (deadlineDays: number): Unchecked<EventOf<'ContractConcluded'>['data']['terms']> => ({
  purposes: ['delivery'],
  categories: ['recipient-contact'],
  channels: ['e-mail'],
  countries: ['PL'],
  document: document('a'),
  deletion: {
    mode: 'crypto-shredding-and-erasure',
    deadline: { unit: 'days', count: deadlineDays },
    zone: 'Europe/Warsaw',
    backupRetention: { unit: 'days', count: 14 },
  },
});

const contractId = ids.contract;

export const concluded = (
  endOfService: EventOf<'ContractConcluded'>['data']['endOfService'] = 'delete',
): DeletionEvent =>
  eventOf('ContractConcluded', {
    contractId,
    controllerId: ids.controller,
    processorId: ids.processor,
    startsAt: firstDay,
    terms: terms(30),
    endOfService,
    issuers: [ids.issuer],
  });

export const amended = (effectiveAt: string, deadlineDays: number): DeletionEvent =>
  eventOf('ContractAmended', { contractId, effectiveAt, terms: terms(deadlineDays) });

export const chosen = (choice: EventOf<'EndOfServiceChosen'>['data']['choice']): DeletionEvent =>
  eventOf('EndOfServiceChosen', { contractId, choice, document: document('e') });

export const noticed = (endsAt = lastDay): DeletionEvent =>
  eventOf('TerminationNoticeGiven', {
    contractId,
    endsAt,
    ground: 'notice-by-controller',
    notice: document('d'),
  });

export const noticeWithdrawn: DeletionEvent = eventOf('TerminationNoticeWithdrawn', {
  contractId,
  withdrawal: document('f'),
});

export const terminated: DeletionEvent = eventOf('ContractTerminated', {
  contractId,
  endedAt: lastDay,
  ground: 'notice-by-controller',
});

export const store = (name: string): EventOf<'StoreRegistered'>['data']['store'] =>
  eventOf('StoreRegistered', {
    contractId,
    dataSetId: dataSetId(1),
    store: { name, kind: 'database', region: 'PL', backupRetention: { unit: 'days', count: 14 } },
  }).data.store;

export const entrusted = (
  number: number,
  stores: readonly [string, ...string[]] = ['recipient-database', 'message-archive'],
): DeletionEvent => {
  const [first, ...others] = stores;
  return eventOf('DataSetEntrusted', {
    contractId,
    dataSetId: dataSetId(number),
    source: 'controller',
    categories: ['recipient-contact'],
    recipients: 3,
    manifestDigest: digest('c'),
    region: 'PL',
    stores: [store(first), ...others.map(store)],
  });
};

export const registered = (number: number, name: string): DeletionEvent =>
  eventOf('StoreRegistered', { contractId, dataSetId: dataSetId(number), store: store(name) });
