// The code of README.md, run: what stands between the marks stands there, too.
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  arbitraryProcessingRequest,
  decideFromHistory,
  histories,
  inquiries,
  lastRecordedAt,
  runs,
} from '@mandate/domain/testing';
import { createInMemorySnapshotStore } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { storeWith } from './testing/recorded-history';
// #region ask
import type { ProcessingRequest } from '@mandate/domain';
import type { EventStore, Instant, SnapshotStore } from '@mandate/event-sourcing';
import { createProcessingScope, type Permit, type ProcessingScope } from '@mandate/read-models';

const whatMayBeDone = async (store: EventStore, request: ProcessingRequest, validAt: Instant) => {
  const scope = createProcessingScope(store);
  await scope.catchUp(); // reads what has been recorded since; call it again, or `waitFor` a position
  return scope.decide(request, { validAt });
};
// #endregion
// #region bitemporal
/** What was allowed then by what was known then, and what is known about it now. */
const thenAndNow = async (
  store: EventStore,
  request: ProcessingRequest,
  validAt: Instant,
  knownAt: Instant,
) => {
  const scope = createProcessingScope(store);
  await scope.catchUp();
  return {
    then: scope.decide(request, { validAt, knownAt }).decision,
    now: scope.decide(request, { validAt }).decision,
  };
};
// #endregion
// #region parked
/** One line for every contract whose history holds an event that cannot be read. */
const whatCannotBeRead = async (store: EventStore) => {
  const scope = createProcessingScope(store);
  await scope.catchUp();
  return scope
    .parked()
    .map(
      ({ partition, type, position, reason, held }) =>
        `${partition}: ${type} at ${position}. ${reason} ${held} more wait.`,
    );
};
// #endregion
// #region snapshots
/** Reads on from what an earlier process kept; a snapshot that does not fit is not used. */
const resumedScope = async (store: EventStore, snapshotStore: SnapshotStore) => {
  const scope = createProcessingScope(store, { snapshots: { snapshotStore, everyEvents: 100_000 } });
  await scope.catchUp();
  return scope;
};
// #endregion
// #region permit
interface QueuedMessage {
  readonly permit: Permit;
  readonly request: ProcessingRequest;
}

/** Before a message is queued: the permit that it waits with, or nothing. */
const permitFor = (scope: ProcessingScope, request: ProcessingRequest): Permit | undefined => {
  const answer = scope.permit(request, Date.now());
  return answer.decision === 'allow' ? answer : undefined;
};

/** When it leaves the queue: the old permit, or else another look. */
const mayBeSent = (scope: ProcessingScope, { permit, request }: QueuedMessage): boolean =>
  scope.holds(permit, Date.now()) || scope.allows(request, Date.now());
// #endregion

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const regions = [...(source ?? '').matchAll(/^\/\/ #region [\w-]+\n([\s\S]*?)^\/\/ #endregion/gm)];
    expect(regions).toHaveLength(5);
    for (const [, region] of regions) expect(page).toContain(region?.trim());
  });

  it('answers for now and for then', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const { store } = await storeWith(history);
        for (const { request, validAt, knownAt } of questions) {
          const now = decideFromHistory(history, { request, validAt, knownAt: lastRecordedAt(history) });
          const then = decideFromHistory(history, { request, validAt, knownAt });
          expect(await whatMayBeDone(store, request, validAt)).toEqual(now);
          expect(await thenAndNow(store, request, validAt, knownAt)).toEqual({
            then: then.decision,
            now: now.decision,
          });
        }
      }),
      runs(20),
    );
  });

  it('lets nothing out of a queue that may not be sent any more', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), fc.array(arbitraryProcessingRequest), async (history, requests) => {
        const scope = createProcessingScope((await storeWith(history)).store);
        await scope.catchUp();
        for (const request of requests) {
          const permit = permitFor(scope, request);
          expect(permit !== undefined).toBe(scope.permit(request, Date.now()).decision === 'allow');
          if (permit !== undefined) expect(mayBeSent(scope, { permit, request })).toBe(true);
        }
      }),
      runs(20),
    );
  });

  it('resumes from a snapshot store that holds nothing', async () => {
    const { store } = await storeWith([]);
    expect((await resumedScope(store, createInMemorySnapshotStore())).parked()).toEqual([]);
  });

  it('names what cannot be read', async () => {
    const { store, recordRaw } = await storeWith([]);
    const data = { contractId: 'c0000000-0000-4000-8000-000000000001' };
    await recordRaw({ type: 'ContractAmended', schemaVersion: 1, data }, 'contract-broken');
    expect(await whatCannotBeRead(store)).toEqual([
      expect.stringMatching(/^c0000000-.*: ContractAmended at .*: expected .* 0 more wait\.$/s),
    ]);
  });
});
