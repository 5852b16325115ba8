// The code of README.md, run: what stands between the marks stands there, too.
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contents, publicKeyPem, signingKey } from './testing/a-certificate';
// #region verify
import { verifyCertificate } from '@mandate/deletion';

/** A sentence about a certificate that somebody hands over as text. */
const examine = (text: string, publicKey: string): string => {
  const verification = verifyCertificate(JSON.parse(text), publicKey);
  return verification.verdict === 'genuine'
    ? `signed with key ${verification.keyId.slice(0, 8)}`
    : verification.sentence;
};
// #endregion
// #region history
import { historyDigest, type CertificateContents } from '@mandate/deletion';
import type { RecordedEvent } from '@mandate/event-sourcing';

/** Whether the events at hand are those that a certificate was issued over. */
const isItsHistory = (certificate: CertificateContents, events: readonly RecordedEvent[]): boolean => {
  const before = events.filter(({ type }) => type !== 'ContractClosed');
  const { events: count, digest } = historyDigest(before);
  return certificate.history.events === count && certificate.history.digest === digest;
};
// #endregion
// #region run
import { deletionProcess } from '@mandate/deletion';
import { createProcessRunner, type Clock, type EventStore } from '@mandate/event-sourcing';

/** Runs deletions that do nothing but say what they would do. */
const dryRunner = (store: EventStore, clock: Clock, tell: (line: string) => void) =>
  createProcessRunner({
    store,
    clock,
    manager: deletionProcess,
    handle: (deletion) => {
      tell(deletion.step);
      return Promise.resolve({ outcome: 'failed', reason: 'dry-run' });
    },
  });
// #endregion
// #region prove
import { eraserConformance, type CreateEraserHarness } from '@mandate/deletion/testing';

/** With `describe` and `it` of jest, vitest, mocha or `node:test`. */
const prove = (runner: Parameters<typeof eraserConformance>[0], harness: CreateEraserHarness) =>
  eraserConformance(runner, 'my database', harness);
// #endregion
import { signCertificate } from './certificate-signature';
import { createInMemoryEventStore, eventsToAppend, instantOf, type Uuid } from '@mandate/event-sourcing';
import { deletionEventCodec } from './events';
import { concluded, ids, noticed } from './testing/events';
import { erasableStoreHarness } from './testing/erasable-store';

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const regions = [...(source ?? '').matchAll(/^\/\/ #region [\w-]+\n([\s\S]*?)^\/\/ #endregion/gm)];
    expect(regions).toHaveLength(4);
    for (const [, region] of regions) expect(page).toContain(region?.trim());
  });

  it('examines a certificate', () => {
    const text = JSON.stringify(signCertificate(contents, signingKey));
    expect(examine(text, publicKeyPem)).toBe('signed with key 06e3fd8f');
    expect(examine(text.replace('"cancelled":2', '"cancelled":3'), publicKeyPem)).toMatch(/was changed/);
  });

  it('proves an eraser', async () => {
    const tests: (() => Promise<void>)[] = [];
    const runner = {
      describe: (_title: string, body: () => void) => body(),
      it: (_title: string, body: () => Promise<void>) => tests.push(body),
    };
    prove(runner, erasableStoreHarness());
    await Promise.all(tests.map((test) => test()));
    expect(tests.length).toBeGreaterThan(10);
  });

  it('compares a history', () => {
    expect(isItsHistory({ ...contents, history: historyDigest([]) }, [])).toBe(true);
    expect(isItsHistory(contents, [])).toBe(false);
  });

  it('runs dry', async () => {
    let now = '2026-01-02T10:00:00.000Z';
    const clock = (): ReturnType<Clock> => instantOf(Date.parse(now));
    const store = createInMemoryEventStore({ clock });
    const commandId = ids.issuer as string as Uuid;
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'x' };
    const events = eventsToAppend([concluded(), noticed()].map(deletionEventCodec.encode), metadata);
    await store.append(`contract-${ids.contract}`, 'no-stream', events);
    const told: string[] = [];
    const runner = dryRunner(store, clock, (line) => told.push(line));
    await runner.run();
    expect(told).toEqual([]);
    now = '2026-04-01T00:00:00.000Z';
    await runner.run();
    expect(told).toEqual(['terminate-contract']);
  });
});
