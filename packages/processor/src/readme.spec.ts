// The code of README.md, run: what stands between the marks stands there, too.
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVirtualClock } from './testing/a-processor';
import { conclusion, dataSet, ids, instruction, notice, sending } from './testing/a-story';
import { inTemporaryFolder } from './testing/temporary-folder';
// #region open
import { createMasterKeyFile, masterKeyFromFile, openProcessor, type StoreEraser } from '@mandate/processor';

const open = async (folder: string, erasers: Readonly<Record<string, StoreEraser>>) => {
  await createMasterKeyFile(`${folder}/master-key`); // once; keep it apart from the folder and its backups
  return openProcessor({
    folder: `${folder}/mandate`,
    masterKey: await masterKeyFromFile(`${folder}/master-key`),
    erasers,
  });
};
// #endregion
// #region explain
import type { CommandResult } from '@mandate/processor';

const explain = (result: CommandResult<unknown, unknown>): string => {
  switch (result.outcome) {
    case 'accepted':
      return `on record in ${result.stream}, version ${result.version}`;
    case 'refused':
      return `${result.sentence} (${result.article}, code ${result.code})`;
    case 'invalid':
      return result.sentence;
  }
};
// #endregion
// #region ask
import type { Processor } from '@mandate/processor';

type Request = Parameters<Processor['decide']>[0];

const send = async (processor: Processor, request: Request, deliver: () => Promise<void>) => {
  const decision = await processor.decide(request);
  if (decision.decision === 'allow') {
    await deliver();
    return decision.bases; // cite them when you record what was done
  }
  return 'explanations' in decision
    ? decision.explanations.map(({ sentence, article }) => `${sentence} (${article})`)
    : [decision.sentence];
};
// #endregion
// #region why
import { textOfExplanation } from '@mandate/processor';

const whyInPolish = async (processor: Processor, request: Request, validAt: string) => {
  const result = await processor.explain(request, { validAt });
  return result.outcome === 'explained' ? textOfExplanation(result.explanation, 'pl') : result.sentence;
};
// #endregion
// #region eraser
interface Database {
  readonly count: (contractId: string, dataSetId: string) => Promise<number>;
  /** Removes rows and adds their number to the one kept under a key, both or neither; answers with the sum. */
  readonly removeAndCount: (contractId: string, dataSetId: string, key: string) => Promise<number>;
  /** Keeps a value under a key, unless there is one already; answers with the one that is kept. */
  readonly keepFirst: <T>(key: string, value: T) => Promise<T>;
}

const eraserOf =
  (database: Database, now: () => string): StoreEraser =>
  async ({ contractId, dataSetId, idempotencyKey }) => {
    const { startedAt } = await database.keepFirst(idempotencyKey, { startedAt: now() });
    // Counted with their removal: after a crash the same order comes again, and finds less, or what came meanwhile.
    const found = await database.removeAndCount(contractId, dataSetId, idempotencyKey);
    if ((await database.count(contractId, dataSetId)) > 0) return { outcome: 'failed', reason: 'rows-left' };
    const receipt = {
      method: 'row-deletion',
      found,
      erased: found,
      firstActionAt: instantOf(Date.parse(startedAt)),
      lastActionAt: instantOf(Date.parse(now())),
      verification: 'recounted',
    } as const;
    return { outcome: 'erased', receipt: await database.keepFirst(`${idempotencyKey}/receipt`, receipt) };
  };
// #endregion
// #region keep-running
const serve = async (processor: Processor, signal: AbortSignal, report: (line: string) => void) => {
  await processor.deletions.keepRunning({
    signal,
    intervalMs: 60_000,
    onError: () => report('run failed'),
    onAlarm: ({ contractId, dataSet: { waitsFor, deadline, urgency } }) =>
      report(`${contractId} waits for ${waitsFor}; its deadline ${deadline?.date ?? ''} is ${urgency}`),
  });
  for (const { step, store, attempts, parked } of processor.deletions.outstanding()) {
    report(`${step} ${store ?? ''}: ${parked ?? 'in progress'}, tried ${attempts} times`);
  }
};

/** For whoever has looked at it: tries everything again that waits for a person. */
const tryAgain = async (processor: Processor) => {
  for (const { contractId, effectId, parked } of processor.deletions.outstanding()) {
    if (parked !== undefined) await processor.deletions.retry(contractId, effectId);
  }
  await processor.deletions.run();
};
// #endregion
// #region in-memory
import {
  createInMemoryCertificateStore,
  createInMemoryEventStore,
  createInMemoryKeyStore,
  createProcessor,
  createVault,
  instantOf,
  masterKeyFromBytes,
  signingKeyFromPem,
  type Clock,
} from '@mandate/processor';

const inMemory = (clock: Clock, signingKeyPem: string, erasers: Readonly<Record<string, StoreEraser>>) => {
  const masterKey = masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index));
  return createProcessor({
    eventStore: createInMemoryEventStore({ clock }),
    vault: createVault({ keyStore: createInMemoryKeyStore(), masterKey, clock }),
    certificates: createInMemoryCertificateStore(),
    signingKey: signingKeyFromPem(signingKeyPem),
    erasers,
    clock,
  });
};
// #endregion
// #region fp-ts
import { fpProcessor } from '@mandate/processor/fp-ts';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';

const concludeAndAsk = (
  processor: Processor,
  input: Parameters<Processor['contracts']['conclude']>[0],
  request: Request,
) => {
  const { contracts, decide } = fpProcessor(processor);
  return pipe(
    contracts.conclude(input, { actor: 'legal-desk' }),
    TE.flatMap(() => decide(request)),
  );
};
// #endregion
import { testSigningKey } from './testing/a-processor';

const by = { actor: 'legal-desk' };

const aDatabase = (rows: number): Database => {
  let held = rows;
  let counted = 0;
  const kept = new Map<string, unknown>();
  return {
    count: () => Promise.resolve(held),
    removeAndCount: () => {
      counted += held;
      held = 0;
      return Promise.resolve(counted);
    },
    keepFirst: <T>(key: string, value: T) => {
      if (!kept.has(key)) kept.set(key, value);
      return Promise.resolve(kept.get(key) as T);
    },
  };
};

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const regions = [...(source ?? '').matchAll(/^\/\/ #region [\w-]+\n([\s\S]*?)^\/\/ #endregion/gm)];
    expect(regions).toHaveLength(8);
    for (const [, region] of regions) expect(page).toContain(region?.trim());
  });

  it('opens, asks, explains and ends with a certificate', async () => {
    const clock = createVirtualClock('2026-01-02T10:00:00.000Z');
    const [first, second] = [aDatabase(3), aDatabase(0)];
    const erasers = {
      'recipient-database': eraserOf(first, clock),
      'message-archive': eraserOf(second, clock),
    };
    const processor = inMemory(clock, testSigningKey, erasers);
    expect(explain(await processor.contracts.conclude(conclusion, by))).toMatch(/^on record in contract-/);
    expect(explain(await processor.contracts.conclude(conclusion, by))).toMatch(/concluded already.*GDPR/);
    expect(explain(await processor.contracts.conclude({ ...conclusion, contractId: '1' }, by))).toMatch(
      /^contractId/,
    );
    await processor.instructions.issue(instruction, by);
    await processor.dataSets.entrust(dataSet, by);
    let deliveries = 0;
    const deliver = (): Promise<void> => {
      deliveries += 1;
      return Promise.resolve();
    };
    expect(await send(processor, sending, deliver)).toMatchObject([{ kind: 'instruction' }, {}]);
    expect(await send(processor, { ...sending, channel: 'sms' }, deliver)).toEqual(
      expect.arrayContaining([expect.stringMatching(/GDPR Art/)]),
    );
    expect(deliveries).toBe(1);
    expect(await whyInPolish(processor, { ...sending, channel: 'sms' }, clock())).toMatch(
      /^Niedozwolone w chwili .*Żadne udokumentowane polecenie nie obejmuje.*ContractConcluded/s,
    );
    expect(await concludeAndAsk(processor, conclusion, sending)()).toMatchObject({ _tag: 'Left' });
    await processor.contracts.giveTerminationNotice(notice, by);
    clock.moveTo('2026-03-30T22:00:00.000Z');
    await tryAgain(processor);
    const lines: string[] = [];
    await serve(processor, AbortSignal.abort(), (line) => lines.push(line));
    expect(lines).toEqual([]);
    const certificate = await processor.deletions.certificate(ids.contract);
    expect(certificate?.contents.dataSets[0]?.stores.map(({ receipt }) => receipt.found)).toEqual([3, 0]);
  });

  it('opens a folder', async () => {
    await inTemporaryFolder(async (folder) => {
      const processor = await open(folder, {});
      expect(await send(processor, sending, () => Promise.reject(new Error('not to be sent')))).toHaveLength(
        1,
      );
      await processor.close();
    });
  });
});
