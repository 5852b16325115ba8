// More of the code of README.md, run: what stands between the marks stands there, too.
import { describe, expect, it } from '@jest/globals';
import { masterKeyFromBytes } from '@mandate/vault';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openProcessor, type Processor } from '@mandate/processor';
import { startProcessor } from './testing/a-processor';
import { aService } from './testing/a-service';
import { ids, sending } from './testing/a-story';
import { inTemporaryFolder } from './testing/temporary-folder';

type Request = Parameters<Processor['decide']>[0];
// #region scope
/** One line for every cell that holds at an instant: what, for which purpose, and on what it rests. */
const whatMayBeDone = async (processor: Processor, contractId: string, validAt: string) => {
  const result = await processor.scopeAt(contractId, { validAt });
  if (result.outcome !== 'found') return [];
  return result.scope.processing.map(
    ({ category, purpose, channel, country, clause, instructionId }) =>
      `${category} for ${purpose} by ${channel} in ${country}: clause ${clause} of ${instructionId}`,
  );
};
// #endregion
// #region permits
import type { Permit } from '@mandate/processor';

interface Queued {
  readonly request: Request;
  readonly permit: Permit;
}

/** Keeps the answers current, in the background, until the signal says stop. Without it everything is denied after a second. */
const keepPermitsCurrent = (processor: Processor, signal: AbortSignal, report: (line: string) => void) =>
  processor.permits.keepCurrent({ signal, onError: () => report('the history cannot be read') });

/** Before a message is queued: with the permit that it waits with, or not at all. */
const enqueue = ({ permits }: Processor, request: Request, queue: Queued[]): boolean => {
  const permit = permits.ask(request);
  if (permit.decision === 'deny') return false;
  queue.push({ request, permit });
  return true;
};

/** When it leaves the queue: the permit still holds, or it is asked again. */
const mayBeSent = ({ permits }: Processor, { request, permit }: Queued): boolean =>
  permits.holds(permit) || permits.allows(request);
// #endregion
// #region restore
import { isErasuresMissingError, type OpenProcessorOptions } from '@mandate/processor';

/** Opens what was restored: everything that was erased since is erased again before anything is served. */
const openRestored = async (options: OpenProcessorOptions, report: (line: string) => void) => {
  try {
    return await openProcessor(options);
  } catch (error) {
    if (!isErasuresMissingError(error)) throw error;
    report(`${error.missing.keys} erased keys and ${error.missing.contracts} ended contracts had come back`);
    const processor = await openProcessor({ ...options, reapplyErasures: true });
    await processor.deletions.run(); // stores are asked again, under new idempotency keys
    return processor;
  }
};
// #endregion

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.running.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const regions = [...(source ?? '').matchAll(/^\/\/ #region [\w-]+\n([\s\S]*?)^\/\/ #endregion/gm)];
    expect(regions).toHaveLength(3);
    for (const [, region] of regions) expect(page).toContain(region?.trim());
  });

  it('shows the cells of a scope', async () => {
    const { processor, surroundings } = await aService();
    expect(await whatMayBeDone(processor, ids.contract, surroundings.clock())).toContain(
      `message-content for delivery by e-mail in PL: clause 1 of ${ids.instruction}`,
    );
  });

  it('queues with a permit, and looks at it again', async () => {
    const { surroundings } = await aService();
    const processor = startProcessor(surroundings, {});
    const stop = new AbortController();
    const kept = keepPermitsCurrent(processor, stop.signal, () => undefined);
    await until(() => processor.permits.allows(sending));
    const queue: Queued[] = [];
    expect([
      enqueue(processor, sending, queue),
      enqueue(processor, { ...sending, channel: 'sms' }, queue),
    ]).toEqual([true, false]);
    expect(queue.map((queued) => mayBeSent(processor, queued))).toEqual([true]);
    stop.abort();
    await kept;
  });

  it('opens a folder that was not restored as any other', async () => {
    await inTemporaryFolder(async (folder) => {
      const masterKey = masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index));
      const processor = await openRestored({ folder, masterKey, erasers: {} }, () => undefined);
      await processor.close();
    });
  });
});
