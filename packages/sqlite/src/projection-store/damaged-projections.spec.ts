import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProjectionEngine, instantOf, type ProjectionStore } from '@mandate/event-sourcing';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { newEvent } from '../testing/events';
import { createHeldProjection, failureOf, id, p, q, type HeldProjection } from '../testing/held-projection';
import { tallyProjection } from '../testing/sample-tally';

let scene: HeldProjection;
let store: ProjectionStore;

beforeEach(async () => {
  scene = await createHeldProjection();
  store = scene.store;
});

afterEach(async () => {
  await scene.dispose();
});

const corrupt = (type: string, reason: string): unknown => ({
  kind: 'corrupt',
  position: expect.any(String),
  stream: expect.stringMatching(/^projection /),
  type,
  reason: expect.stringContaining(reason),
});

describe('a projection store whose rows were changed from outside', () => {
  it.each(["'{not json'", "'[1]'", "'null'", '\'"text"\'', "''"])(
    'refuses to give a document out that is %s',
    async (found) => {
      scene.tamper(`UPDATE projection_document SET document = ${found}`);
      const expected = corrupt('a document', 'not a JSON object');
      expect(await failureOf(store.load(id, [q, p]))).toEqual(expected);
      expect(await failureOf(store.read('tally', p))).toEqual(expected);
      expect(await store.load(id, [q])).toEqual([undefined]);
    },
  );

  it.each([
    [`name = 'tally"'`, 'name'],
    [`name = 't\\u0061lly'`, 'name'],
    ['generation = -1', 'number'],
    ['version = -1', 'version'],
    ["status = 'asleep'", 'status'],
    ["status = 'toString'", 'status'],
    ['is_live = 2', 'live'],
    ['epoch = -1', 'epoch'],
    [`position = 'log:"'`, 'position'],
    ['holder = NULL', 'who holds it'],
    ["holder = 'somebody'", 'who holds it'],
    ['held_until = NULL', 'who holds it'],
    ["held_until = 'tomorrow'", 'who holds it'],
    ["failure_code = 'unavailable'", 'failure'],
    ['failure_attempts = 1', 'failure'],
    ["failure_retry_at = '2026-03-29T00:00:00.000Z'", 'failure'],
    ["failure_code = 'unavailable', failure_attempts = 1, failure_retry_at = 'soon'", 'failure'],
  ])('refuses a generation with %s', async (change, reason) => {
    scene.tamper(`UPDATE projection_generation SET ${change}`);
    expect(await failureOf(store.generations())).toEqual(corrupt('a generation', reason));
    // Under another name or number it is not the one that is asked for.
    if (/^(?:name|generation)/.test(change)) return;
    expect(await failureOf(store.load(id, []))).toEqual(corrupt('a generation', reason));
    expect(await failureOf(store.read('tally', p))).toEqual(corrupt('a generation', reason));
  });

  it.each([
    [`partition = 'q"'`, 'partition'],
    [`position = '\\'`, 'position'],
    [`after = '"'`, 'place'],
    [`stream = '"'`, 'stream'],
    [`type = '"'`, 'type'],
    [`reason = '"'`, 'reason'],
    ['held = -1', 'how many'],
  ])('refuses a parked event with %s', async (change, reason) => {
    scene.tamper(`UPDATE projection_parked_event SET ${change}`);
    expect(await failureOf(store.generations())).toEqual(corrupt('a parked event', reason));
    const claim = { holder: scene.held.holder!, now: instantOf(0), until: instantOf(1) };
    expect(await failureOf(store.claim(id, claim))).toEqual(corrupt('a parked event', reason));
    if (!change.startsWith('partition')) {
      expect(await failureOf(store.read('tally', q))).toEqual(corrupt('a parked event', reason));
    }
  });

  it('does not tell what it found, which may be personal data', async () => {
    scene.tamper(`UPDATE projection_document SET document = 'someone@example.org'`);
    scene.tamper(`UPDATE projection_generation SET holder = 'someone@example.org'`);
    for (const call of [store.load(id, [p]), store.generations()]) {
      const message = await call.catch((error: unknown) => String(error));
      expect(message).toContain('cannot be read');
      expect(message).not.toContain('example.org');
    }
  });

  it('puts the projection in error, by the code', async () => {
    const events = await openSqliteEventStore({ file: scene.file });
    const engine = createProjectionEngine({
      ...{ store: events, projectionStore: store, projections: [tallyProjection] },
    });
    await store.release(id, scene.held.epoch);
    await store.remove(id);
    await events.append('p', 'no-stream', [{ ...newEvent({ number: 1 }), type: 'Noted' }]);
    scene.tamper(`DELETE FROM projection_generation; DELETE FROM projection_parked_event`);
    await engine.run();
    scene.tamper(`UPDATE projection_document SET document = '' WHERE partition = 'p'`);
    await events.append('p', 1, [{ ...newEvent({ number: 3 }), type: 'Noted' }]);
    await engine.run();
    expect(await store.generations()).toMatchObject([{ status: 'error', failure: { code: 'corrupt' } }]);
    await engine.rebuild('tally');
    await engine.run();
    expect(await engine.read('tally', p)).toMatchObject({ document: { numbers: [1, 3] } });
    await events.close();
  });
});
