import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eraserConformance } from '@mandate/deletion/testing';
import { generateKeyPairSync } from 'node:crypto';
import { because, eraserIn, httpHarness } from '../testing/http-harness';
import { nthKey, publicPemOf, strangeKey } from '../testing/keys';
import { order, tickingClock } from '../testing/orders';
import { placeOf, startOtherSystem, type OtherSystem } from '../testing/other-system';
import type { HttpEraserOptions } from './http-eraser';

eraserConformance({ describe, it }, 'HTTP', httpHarness);

const clock = tickingClock();
let system: OtherSystem;
beforeEach(async () => {
  system = await startOtherSystem(clock);
  system.items.set(placeOf(order), ['anna.canary@example.com']);
});
afterEach(() => system.close());

const eraser = (options: Partial<HttpEraserOptions> = {}) =>
  eraserIn(system, { clock, timeoutMs: 2000, ...options });

describe('erasing in another system', () => {
  it('asks, places the order, asks until it is done, and keeps the digest of what was signed', async () => {
    expect(await eraser()(order)).toMatchObject({
      outcome: 'erased',
      receipt: {
        found: 1,
        erased: 1,
        verification: 'attested',
        evidenceDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
    });
    const request = `/privacy/opengdpr_requests/${order.idempotencyKey}`;
    expect(system.requests).toEqual([
      `GET ${request}`,
      'POST /privacy/opengdpr_requests',
      `GET ${request}`,
      `GET ${request}`,
    ]);
  });

  it('is refused when our signature is not the one that is known there', async () => {
    expect(await eraser({ signingKey: strangeKey })(order)).toEqual(because('refused'));
    expect(system.items.get(placeOf(order))).toHaveLength(1);
  });

  it('goes on with an order that somebody placed a moment ago', async () => {
    let asked = 0;
    await eraser()(order);
    system.misbehaves = ({ reply }) => (asked++ === 0 ? { status: 404, body: {} } : reply);
    expect(await eraser()(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
  });
});

describe('ending a call', () => {
  it('is possible at any time', async () => {
    system.misbehaves = () => 'nothing-more';
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const startedAt = Date.now();
    const erase = eraser({ timeoutMs: 30_000, signal: controller.signal });
    expect(await erase(order)).toEqual(because('store-unreachable'));
    expect(await erase(order)).toEqual(because('store-unreachable'));
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('options that would not be safe are refused', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const fields: Readonly<Record<string, Partial<HttpEraserOptions>>> = {
    'http elsewhere': { endpoint: 'http://example.com/' },
    'a password in the endpoint': { endpoint: 'https://me:secret@example.com/' },
    'no endpoint': { endpoint: 'example.com' },
    'a file': { endpoint: 'file:///etc' },
    'a public key of another kind': { publicKey: publicPemOf(rsa.privateKey) },
    'no public key': { publicKey: 'AAAA' },
    'a signing key of another kind': { signingKey: rsa.privateKey },
  };

  it.each(Object.entries(fields))('%s', (_what, options) => {
    expect(() => eraser(options)).toThrow(TypeError);
  });

  it('while https is fine everywhere', () => {
    expect(() => eraser({ endpoint: 'https://example.com/x/', signingKey: nthKey(4) })).not.toThrow();
  });
});
