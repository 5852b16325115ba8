import { describe, expect, it } from '@jest/globals';
import type { StoreEraser } from '@mandate/deletion';
import type { DeletionAlarm, DeletionOverview } from './deletion-overview';
import { createSurroundings, startProcessor } from '../testing/a-processor';
import { accept, endOfTheStory, putIntoService } from '../testing/a-service';
import { by, ids, notice } from '../testing/a-story';
import { erased } from '../testing/erasers';

/** A service whose archive answers only when it is let. */
const aSlowDeletion = async () => {
  const surroundings = createSurroundings('2026-01-02T10:00:00.000Z');
  const archive = { isReachable: false };
  const database: StoreEraser = () => Promise.resolve(erased(surroundings.clock, 3));
  const erasers = {
    'recipient-database': database,
    'message-archive': () =>
      archive.isReachable
        ? database({} as Parameters<StoreEraser>[0])
        : Promise.resolve({ outcome: 'failed', reason: 'store-unreachable' } as const),
  };
  const processor = startProcessor(surroundings, erasers, {
    retry: { attemptsMax: 1000, delayMs: () => 1000 },
  });
  await putIntoService(processor);
  surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
  await accept(processor.contracts.giveTerminationNotice(notice, by));
  return { archive, clock: surroundings.clock, deletions: processor.deletions };
};

const urgencies = (overviews: readonly DeletionOverview[]): readonly unknown[] =>
  overviews.flatMap((overview) =>
    overview.standing === 'being-deleted' ? overview.dataSets.map(({ urgency }) => urgency) : [],
  );

describe('the overview of deletions', () => {
  it('tells from the notice to the last store what is waited for, and how the time stands', async () => {
    const { archive, clock, deletions } = await aSlowDeletion();
    await deletions.run();
    expect(deletions.overview()).toMatchObject([{ contractId: ids.contract, standing: 'end-is-noticed' }]);
    clock.moveTo(endOfTheStory);
    await deletions.run();
    const [overview] = deletions.overview();
    expect(overview).toMatchObject({
      standing: 'being-deleted',
      dataSets: [
        { dataSetId: ids.dataSet, waitsFor: 'stores', stores: ['message-archive'], urgency: 'in-time' },
      ],
    });
    const deadline = overview?.standing === 'being-deleted' ? overview.dataSets[0]?.deadline?.at : undefined;
    const [endMs, deadlineMs] = [Date.parse(endOfTheStory), Date.parse(deadline ?? '')];
    const quarterMs = (deadlineMs - endMs) / 4;
    const at = [deadlineMs - quarterMs - 1, deadlineMs - quarterMs, deadlineMs - 1, deadlineMs];
    expect(
      at.map((instantMs) => {
        clock.moveTo(new Date(Math.floor(instantMs)).toISOString());
        return urgencies(deletions.overview());
      }),
    ).toEqual([['in-time'], ['near'], ['near'], ['passed']]);
    archive.isReachable = true;
    await deletions.run();
    expect(deletions.overview()).toMatchObject([{ standing: 'deleted' }]);
  });

  it('raises each alarm once, and goes on when whoever is told throws', async () => {
    const { clock, deletions, archive } = await aSlowDeletion();
    clock.moveTo(endOfTheStory);
    const stop = new AbortController();
    const [alarms, errors]: [DeletionAlarm[], unknown[]] = [[], []];
    let looks = 0;
    const kept = deletions.keepRunning({
      signal: stop.signal,
      intervalMs: 1,
      onError: (error) => errors.push(error),
      onAlarm: (alarm) => {
        alarms.push(alarm);
        throw new Error('the pager is down');
      },
    });
    const look = async (): Promise<void> => {
      for (const wanted = looks + 20; looks < wanted; looks += 1)
        await new Promise((resolve) => setTimeout(resolve, 1));
    };
    await look();
    clock.moveTo('2026-04-28T00:00:00.000Z');
    await look();
    clock.moveTo('2026-06-01T00:00:00.000Z');
    await look();
    archive.isReachable = true;
    clock.moveTo('2026-06-02T00:00:00.000Z');
    await look();
    stop.abort();
    await kept;
    expect(alarms.map(({ contractId, dataSet }) => [contractId, dataSet.dataSetId, dataSet.urgency])).toEqual(
      [
        [ids.contract, ids.dataSet, 'near'],
        [ids.contract, ids.dataSet, 'passed'],
      ],
    );
    expect(errors).toHaveLength(2);
    expect(deletions.overview()).toMatchObject([{ standing: 'deleted' }]);
  });
});
