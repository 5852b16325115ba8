import {
  channels,
  dataCategories,
  mandateEventCodec,
  purposes,
  streamOf,
  type MandateEvent,
} from '@mandate/domain';
import {
  positionOf,
  type EventStore,
  type Instant,
  type Position,
  type RecordedEvent,
  type StoreId,
} from '@mandate/event-sourcing';
import { sampleUuid } from '../sample/sample-events';
import {
  instructionsPerContract,
  sampleContract,
  startOfSample,
  type SampleContract,
} from './sample-contracts';

/** A history that can be read. */
export type ReadableHistory = Pick<EventStore, 'readAll'>;

const eventsPerContract = 2 + instructionsPerContract;
const storeId = '22222222-2222-4222-8222-222222222222' as StoreId;
const documentDigest = 'd'.repeat(64);

const evidence = {
  digest: documentDigest,
  medium: 'signed-document',
  reference: 'DPA-2026',
  receivedAt: startOfSample,
};

const termsOf = () => ({
  purposes,
  categories: dataCategories,
  channels,
  countries: ['PL'],
  document: evidence,
  deletion: {
    mode: 'crypto-shredding-and-erasure',
    deadline: { unit: 'days', count: 30 },
    zone: 'Europe/Warsaw',
    backupRetention: { unit: 'days', count: 35 },
  },
});

const eventsOf = ({ contractId, dataSetId, instructions }: SampleContract): readonly unknown[] => {
  const issuerId = sampleUuid('issuer', 1);
  return [
    {
      type: 'ContractConcluded',
      data: {
        contractId,
        controllerId: sampleUuid('controller', 1),
        processorId: sampleUuid('processor', 1),
        startsAt: { date: '2026-01-01', zone: 'UTC', at: startOfSample },
        terms: termsOf(),
        endOfService: 'delete',
        issuers: [issuerId],
      },
    },
    {
      type: 'DataSetEntrusted',
      data: {
        contractId,
        dataSetId,
        source: 'controller',
        categories: dataCategories,
        recipients: 1000,
        manifestDigest: documentDigest,
        region: 'PL',
        stores: [{ name: 'main', kind: 'database', region: 'PL' }],
      },
    },
    ...instructions.map(({ number, from, until, ...words }) => ({
      type: 'InstructionIssued',
      data: {
        contractId,
        instructionId: sampleUuid('instruction', number),
        entitlement: 'authorised',
        content: {
          issuerId,
          evidence,
          grants: [{ clause: '1', ...words, dataSets: 'all', countries: ['PL'] }],
          legalBasis: 'art-6-1-a-consent',
          interval: { from, until },
        },
      },
    })),
  ];
};

/** An event at a place of the log; one each second, so that what was known when differs from event to event. */
export const recordedAt = (place: number): Instant =>
  new Date(Date.parse(startOfSample) + place * 1000).toISOString() as Instant;

const recorded = (event: unknown, place: number): RecordedEvent => {
  const { type, schemaVersion, data } = mandateEventCodec.encode(event as MandateEvent);
  const eventId = sampleUuid('event', place);
  return {
    ...{ eventId, type, schemaVersion, data, version: 1, position: positionOf(storeId, place) },
    stream: streamOf(event as MandateEvent),
    metadata: { commandId: eventId, correlationId: eventId, causationId: eventId, actor: 'sample' },
    recordedAt: recordedAt(place),
  };
};

const contractsPerPage = 200;

const placeOf = (position: Position): number => Number(position.slice(storeId.length + 1));

/** The history of so many contracts, made page by page, since as a whole it would not fit. */
export const historyOf = (contracts: number): ReadableHistory => ({
  readAll: ({ after } = {}) => {
    const first = after === undefined ? 0 : placeOf(after) / eventsPerContract;
    const count = Math.min(contractsPerPage, contracts - first);
    const events = Array.from({ length: count }, (_, index) => sampleContract(first + index)).flatMap(
      (contract, index) =>
        eventsOf(contract).map((event, offset) =>
          recorded(event, (first + index) * eventsPerContract + offset + 1),
        ),
    );
    const end = (first + count) * eventsPerContract;
    return Promise.resolve({ events, next: positionOf(storeId, end), atHead: first + count >= contracts });
  },
});

/** A history to which more happens. */
export interface GrowingHistory extends ReadableHistory {
  /** Records that a contract is suspended from the end of next year on. */
  readonly suspend: (contract: SampleContract) => void;
}

export const growingHistory = (contracts: number): GrowingHistory => {
  const beginning = historyOf(contracts);
  const last = contracts * eventsPerContract;
  const later: RecordedEvent[] = [];
  return {
    suspend: ({ contractId }: SampleContract): void => {
      const effectiveAt = '2027-12-01T00:00:00.000Z';
      const event = { type: 'ContractSuspended', data: { contractId, effectiveAt, ground: 'agreement' } };
      later.push(recorded(event, last + later.length + 1));
    },
    readAll: async (options = {}) => {
      const read = options.after === undefined ? 0 : placeOf(options.after);
      if (read < last) return { ...(await beginning.readAll(options)), atHead: false };
      const events = later.slice(read - last, read - last + 1000);
      const next = read + events.length;
      return { events, next: positionOf(storeId, next), atHead: next === last + later.length };
    },
  };
};
