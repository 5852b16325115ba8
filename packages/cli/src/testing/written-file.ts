import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractStream, dataSetStream, mandateEventCodec, type MandateEvent } from '@mandate/domain';
import { contractEvents, dataSetEvents, nth } from '@mandate/domain/testing';
import { derivedUuid, eventsToAppend, type Instant, type Uuid } from '@mandate/event-sourcing';
import { openSqliteEventStore } from '@mandate/sqlite';
import type { Arbitrary } from 'fast-check';
import type { ShowProgress } from '../progress';
import { runMandate } from '../run-mandate';

export const story = {
  contractId: nth.contractId(1),
  dataSetId: nth.dataSetId(1),
  unknown: nth.contractId(9),
  startsAt: '2026-03-01T00:00:00.000Z' as Instant,
  suspendedAt: '2026-04-01T00:00:00.000Z' as Instant,
  now: '2026-05-01T00:00:00.000Z' as Instant,
  endsAt: '2026-06-01T00:00:00.000Z' as Instant,
  endKnownAt: '2026-07-01T00:00:00.000Z' as Instant,
};

/** What happens after the story: an end that is recorded a month late, or many recipients, each on record. */
export interface Sequel {
  readonly hasEnd?: boolean;
  readonly recipientsAdded?: number;
  /** At last an event of the contract that no codec understands. */
  readonly hasUnreadable?: boolean;
}

/** Draws one value; given by the spec, since what is built here must not need a test tool. */
export type Draw = <T>(arbitrary: Arbitrary<T>) => T;

type Encoded = ReturnType<typeof mandateEventCodec.encode>;
type Written = readonly [Instant, string, MandateEvent];
type Recorded = readonly [Instant, string, Encoded];

const unreadable: Recorded = [
  story.endKnownAt,
  contractStream(story.contractId),
  { type: 'ContractResumed', schemaVersion: 1, data: { contractId: story.contractId, nonsense: true } },
];

const endOf = (sampled: Draw): Written => {
  const { contractId, endsAt, endKnownAt } = story;
  const ended = sampled(contractEvents.ContractTerminated);
  const endedAt = { ...ended.data.endedAt, at: endsAt };
  return [endKnownAt, contractStream(contractId), { ...ended, data: { ...ended.data, contractId, endedAt } }];
};

const recipientsOf = (sampled: Draw, count: number): readonly Written[] => {
  const { contractId, dataSetId, suspendedAt } = story;
  const added = sampled(dataSetEvents.RecipientsAdded);
  const event = { ...added, data: { ...added.data, contractId, dataSetId } };
  return Array.from({ length: count }, () => [suspendedAt, dataSetStream(dataSetId), event]);
};

const events = (sampled: Draw): readonly Written[] => {
  const { contractId, dataSetId, startsAt, suspendedAt } = story;
  const concluded = sampled(contractEvents.ContractConcluded);
  const entrusted = sampled(dataSetEvents.DataSetEntrusted);
  const suspended = sampled(contractEvents.ContractSuspended);
  const start = { ...concluded.data.startsAt, at: startsAt };
  return [
    [
      startsAt,
      contractStream(contractId),
      { ...concluded, data: { ...concluded.data, contractId, startsAt: start } },
    ],
    [
      startsAt,
      dataSetStream(dataSetId),
      { ...entrusted, data: { ...entrusted.data, contractId, dataSetId } },
    ],
    [
      suspendedAt,
      contractStream(contractId),
      { ...suspended, data: { ...suspended.data, contractId, effectiveAt: suspendedAt } },
    ],
  ];
};

/** Appends in the order of time, each at the time at which it is recorded. */
const record = async (file: string, all: readonly Recorded[]): Promise<void> => {
  let now = story.startsAt;
  const store = await openSqliteEventStore({ file, clock: () => now });
  const versions = new Map<string, number>();
  const pending: Promise<unknown>[] = [];
  for (const [index, [recordedAt, stream, event]] of all.entries()) {
    // Appends of the same time share a commit.
    if (recordedAt !== now) await Promise.all(pending.splice(0));
    now = recordedAt;
    const commandId = derivedUuid(String(index), '00000000-0000-4000-8000-000000000000' as Uuid);
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'test' };
    const written = eventsToAppend([event], metadata);
    const version = versions.get(stream) ?? 0;
    pending.push(store.append(stream, version === 0 ? 'no-stream' : version, written));
    versions.set(stream, version + 1);
  }
  await Promise.all(pending);
  await store.close();
};

/** A file that the library wrote: a contract with a data set, suspended a month later. */
export const writtenFile = async (
  draw: Draw,
  { hasEnd = false, recipientsAdded = 0, hasUnreadable = false }: Sequel = {},
): Promise<{ readonly file: string; readonly discard: () => void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-cli-'));
  const file = join(folder, 'history.sqlite');
  const readable = [
    ...events(draw),
    ...recipientsOf(draw, recipientsAdded),
    ...(hasEnd ? [endOf(draw)] : []),
  ];
  const encoded = readable.map(([recordedAt, stream, event]): Recorded => [
    recordedAt,
    stream,
    mandateEventCodec.encode(event),
  ]);
  await record(file, hasUnreadable ? [...encoded, unreadable] : encoded);
  return {
    file,
    discard: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

export interface Given {
  readonly input?: string;
  readonly signal?: AbortSignal;
  readonly showProgress?: ShowProgress;
}

/** What the command answered. */
export const answerTo = async (
  parameters: readonly string[],
  { input = '', signal = new AbortController().signal, showProgress }: Given = {},
): Promise<{ readonly code: number; readonly output: string; readonly complaints: string }> => {
  const [written, complaints]: [string[], string[]] = [[], []];
  const code = await runMandate(parameters, {
    write: (text) => Promise.resolve(void written.push(text)),
    complain: (text) => void complaints.push(text),
    readInput: () => Promise.resolve(input),
    clock: () => story.now,
    signal,
    showProgress,
  });
  return { code, output: written.join(''), complaints: complaints.join('') };
};
