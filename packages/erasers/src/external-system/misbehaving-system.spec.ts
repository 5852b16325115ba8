import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { because, eraserIn, whenAsked } from '../testing/http-harness';
import { order, tickingClock } from '../testing/orders';
import { placeOf, startOtherSystem, type OtherSystem } from '../testing/other-system';
import type { HttpEraserOptions } from './http-eraser';

const clock = tickingClock();
let system: OtherSystem;
beforeEach(async () => {
  system = await startOtherSystem(clock);
  system.items.set(placeOf(order), ['anna.canary@example.com']);
});
afterEach(() => system.close());

const eraser = (options: Partial<HttpEraserOptions> = {}) =>
  eraserIn(system, { clock, timeoutMs: 2000, ...options });

describe('a system that does not answer as it should', () => {
  const quick = { timeoutMs: 150 };

  it('hangs before it answers', async () => {
    system.misbehaves = () => 'nothing-more';
    expect(await eraser(quick)(order)).toEqual(because('store-unreachable'));
  });

  it('hangs in the middle of its answer', async () => {
    system.misbehaves = (_request, response) => {
      response.writeHead(200);
      response.write('{"request_status":');
      return 'nothing-more';
    };
    expect(await eraser(quick)(order)).toEqual(because('store-unreachable'));
  });

  it('drops the connection', async () => {
    system.misbehaves = (_request, response) => {
      response.destroy();
      return 'nothing-more';
    };
    expect(await eraser()(order)).toEqual(because('store-unreachable'));
  });

  it('is not there', async () => {
    expect(await eraser({ endpoint: 'http://127.0.0.1:9/' })(order)).toEqual(because('store-unreachable'));
  });

  it('is pending for longer than one call takes, and is asked again with the next', async () => {
    system.misbehaves = whenAsked(() => ({ status: 200, body: { request_status: 'in_progress' } }));
    expect(await eraser(quick)(order)).toEqual(because('still-pending'));
    system.misbehaves = undefined;
    expect(await eraser()(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
    expect(system.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('took the order and then answers too late', async () => {
    system.misbehaves = whenAsked(() => 'nothing-more');
    expect(await eraser(quick)(order)).toEqual(because('still-pending'));
    system.misbehaves = undefined;
    expect(await eraser()(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
  });

  it.each([
    [400, 'refused'],
    [403, 'refused'],
    [408, 'store-unreachable'],
    [429, 'store-unreachable'],
    [500, 'store-unreachable'],
    [503, 'store-unreachable'],
  ])('answers with status %i: %s', async (status, reason) => {
    system.misbehaves = () => ({ status, body: {} });
    expect(await eraser()(order)).toEqual(because(reason));
  });

  it('cancels the request', async () => {
    system.misbehaves = whenAsked(() => ({ status: 200, body: { request_status: 'cancelled' } }));
    expect(await eraser()(order)).toEqual(because('refused'));
  });

  it('forgets the order that it took', async () => {
    system.misbehaves = ({ method, reply }) => (method === 'GET' ? { status: 404, body: {} } : reply);
    expect(await eraser()(order)).toEqual(because('refused'));
  });

  it('sends us elsewhere, where we do not go', async () => {
    const elsewhere = await startOtherSystem(clock);
    try {
      system.misbehaves = ({ path }) => ({
        status: 307,
        body: {},
        headers: { location: `${new URL(elsewhere.endpoint).origin}${path}` },
      });
      expect(await eraser()(order)).toEqual(because('store-unreachable'));
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  it('answers without end', async () => {
    let sent = 0;
    system.misbehaves = (_request, response) => {
      const more = (): void => {
        sent += 10_000;
        if (!response.destroyed) response.write(' '.repeat(10_000), () => setImmediate(more));
      };
      more();
      return 'nothing-more';
    };
    expect(await eraser({ answerBytesMax: 50_000 })(order)).toEqual(because('answer-too-large'));
    expect(sent).toBeLessThan(50_000_000);
  });
});
