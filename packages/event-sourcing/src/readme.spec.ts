import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCommandHandler,
  createInMemoryEventStore,
  createInMemoryLeaseStore,
  createInMemoryProjection,
  createInMemoryProjectionStore,
  createProcessRunner,
  createProjectionEngine,
  isInstant,
  systemClock,
  type DocumentProjection,
  type Instant,
  type ProcessManager,
  type Uuid,
} from './index';
import { createFaultStore, given } from './testing/index';
import { regionsIn } from './testing/readme-regions';
import { door, doorCodec, doorId, doorsOpened, openDoor, type DoorOpened } from './testing/sample-door';

// #region documents
type DoorDocument = { readonly openedAt: Instant };

const doorDocuments: DocumentProjection<DoorDocument, DoorOpened> = {
  name: 'door-documents',
  version: 1,
  codec: doorCodec,
  partitionOf: ({ stream }) => stream,
  keysOf: ({ event }) => [event.data.doorId],
  evolve: (_, { event }) => ({ openedAt: event.data.at }),
};
// #endregion

// #region process
type CloseDoor = { readonly step: 'close-door'; readonly doorId: string };

const closeForgottenDoors: ProcessManager<DoorOpened, { readonly doorId?: Uuid }, CloseDoor> = {
  name: 'close-forgotten-doors',
  codec: doorCodec,
  initialState: {},
  instanceOf: ({ data }) => data.doorId,
  evolve: (state, input) => (input.kind === 'event' ? { doorId: input.event.data.doorId } : state),
  react: ({ doorId }, input) => {
    if (input.kind === 'event')
      return [{ kind: 'set-deadline', deadline: 'forgotten', dueAt: input.event.data.at }];
    return input.kind === 'deadline-reached' && doorId !== undefined
      ? [{ kind: 'effect', effect: { step: 'close-door', doorId } }]
      : [];
  },
};
// #endregion

const handling = async (): Promise<readonly unknown[]> => {
  const request = openDoor;
  // #region handling
  const store = createInMemoryEventStore();
  const handle = createCommandHandler({ store, decider: door, codec: doorCodec });

  const outcome = await handle({ ...request, facts: () => ({ now: systemClock() }) });
  if (outcome.outcome === 'refused') return [outcome.rejection.reason];

  const projection = createInMemoryProjection(store, doorsOpened);
  await projection.waitFor(outcome.position);
  const opened = projection.state();
  // #endregion

  const projectionStore = createInMemoryProjectionStore();
  const [partition, key] = [request.stream, doorId];
  // #region projecting
  const engine = createProjectionEngine({ store, projectionStore, projections: [doorDocuments] });
  await engine.run();

  await engine.waitFor('door-documents', outcome.position);
  const found = await engine.read('door-documents', { partition, key });
  const openedAt = found.state === 'found' ? found.document['openedAt'] : undefined;
  // #endregion

  const read = await (async () => {
    // #region inline
    const store = createInMemoryEventStore({ inline: [doorDocuments] });
    const handle = createCommandHandler({ store, decider: door, codec: doorCodec });

    await handle({ ...request, facts: () => ({ now: systemClock() }) });
    const found = await store.projections.read('door-documents', { partition, key });
    // #endregion
    return found.state;
  })();

  const closed: unknown[] = [];
  // #region running
  const runner = createProcessRunner({
    store,
    manager: closeForgottenDoors,
    clock: systemClock,
    handle: async (effect, effectId) => {
      // Whatever acts on a door has to recognise an effect id that it has seen.
      closed.push(await Promise.resolve([effect.step, effectId]));
      return { outcome: 'completed', result: {} };
    },
  });
  await runner.run();
  // #endregion
  const leaseStore = createInMemoryLeaseStore();
  let greatestToken = 0;
  // #region leases
  const oneOfSeveral = createProcessRunner({
    store,
    manager: closeForgottenDoors,
    clock: systemClock,
    leases: { store: leaseStore },
    handle: async (effect, effectId, fencingToken = 0) => {
      if (fencingToken < greatestToken) return { outcome: 'failed', reason: 'too-late' };
      greatestToken = fencingToken;
      closed.push(await Promise.resolve([effect.step, effectId]));
      return { outcome: 'completed', result: {} };
    },
  });
  await oneOfSeveral.run();
  await oneOfSeveral.close();
  // #endregion
  return [opened.size, isInstant(openedAt), read, closed.length, runner.outstanding().length];
};

const regions = [...regionsIn(join(__dirname, 'testing/sample-door.ts')), ...regionsIn(__filename)];

describe('the README', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

  it.each(regions)('shows %s as it runs here', (_, text) => {
    expect(readme).toContain(text);
  });

  it('has all of them', () => {
    expect(regions.map(([name]) => name)).toEqual([
      'aggregate',
      'projection',
      'documents',
      'process',
      'handling',
      'projecting',
      'inline',
      'running',
      'leases',
    ]);
  });

  it('shows what works', async () => {
    expect(await handling()).toEqual([1, true, 'found', 1, 0]);
  });

  it('shows how a decider is tested', () => {
    const now = '2026-03-29T00:00:00.000Z' as Instant;
    const opened: DoorOpened = { type: 'DoorOpened', data: { doorId: doorId, at: now } };
    given(door, []).when({ type: 'OpenDoor', doorId: doorId }, { now }).then([opened]);
    given(door, [opened])
      .when({ type: 'OpenDoor', doorId: doorId }, { now })
      .thenRefused('door-is-open-already');
  });

  it('shows how a fault is planned', async () => {
    const store = createFaultStore(createInMemoryEventStore(), {
      faults: [{ call: 2, operation: 'append', fault: 'crash-after' }],
    });
    await store.readAll();
    expect(store.calls()).toEqual(['readAll']);
  });
});
