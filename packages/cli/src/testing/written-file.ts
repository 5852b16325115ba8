import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractStream, dataSetStream, mandateEventCodec, type MandateEvent } from '@mandate/domain';
import { contractEvents, dataSetEvents, nth } from '@mandate/domain/testing';
import { derivedUuid, eventsToAppend, type Instant, type Uuid } from '@mandate/event-sourcing';
import { openSqliteEventStore } from '@mandate/sqlite';
import type { Arbitrary } from 'fast-check';
import { runMandate } from '../run-mandate';

export const story = {
  contractId: nth.contractId(1),
  dataSetId: nth.dataSetId(1),
  unknown: nth.contractId(9),
  startsAt: '2026-03-01T00:00:00.000Z' as Instant,
  suspendedAt: '2026-04-01T00:00:00.000Z' as Instant,
  now: '2026-05-01T00:00:00.000Z' as Instant,
};

/** Draws one value; given by the spec, since what is built here must not need a test tool. */
export type Draw = <T>(arbitrary: Arbitrary<T>) => T;

const events = (sampled: Draw): readonly (readonly [Instant, string, MandateEvent])[] => {
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

/** A file that the library wrote: a contract with a data set, suspended a month later. */
export const writtenFile = async (
  draw: Draw,
): Promise<{ readonly file: string; readonly discard: () => void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-cli-'));
  const file = join(folder, 'history.sqlite');
  let now = story.startsAt;
  const store = await openSqliteEventStore({ file, clock: () => now });
  const versions = new Map<string, number>();
  for (const [index, [recordedAt, stream, event]] of events(draw).entries()) {
    now = recordedAt;
    const commandId = derivedUuid(String(index), '00000000-0000-4000-8000-000000000000' as Uuid);
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'test' };
    const written = eventsToAppend([mandateEventCodec.encode(event)], metadata);
    const { version } = await store.append(stream, versions.get(stream) ?? 'no-stream', written);
    versions.set(stream, version);
  }
  await store.close();
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
}

/** What the command answered. */
export const answerTo = async (
  parameters: readonly string[],
  { input = '', signal = new AbortController().signal }: Given = {},
): Promise<{ readonly code: number; readonly output: string; readonly complaints: string }> => {
  const [written, complaints]: [string[], string[]] = [[], []];
  const code = await runMandate(parameters, {
    write: (text) => Promise.resolve(void written.push(text)),
    complain: (text) => void complaints.push(text),
    readInput: () => Promise.resolve(input),
    clock: () => story.now,
    signal,
    isTerminal: false,
  });
  return { code, output: written.join(''), complaints: complaints.join('') };
};
