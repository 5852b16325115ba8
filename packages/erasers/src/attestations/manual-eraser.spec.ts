import { describe, expect, it } from '@jest/globals';
import { eraserConformance } from '@mandate/deletion/testing';
import { mkdir, writeFile } from 'node:fs/promises';
import { because } from '../testing/http-harness';
import { evidenceDigest, manualHarness } from '../testing/manual-harness';
import { nthOrder, order, tickingClock } from '../testing/orders';
import { inTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { attestationFolder } from './attestation-folder';
import type { Attestation, RecordedAttestation } from './attestation';
import type { Attestations } from './attestations';
import { manualEraser } from './manual-eraser';

eraserConformance({ describe, it }, 'manual', manualHarness);

const desk = (folder: TemporaryFolder): Attestations =>
  attestationFolder({ folder: folder.pathOf('attestations'), clock: tickingClock() });

const [firstActionAt, lastActionAt] = [tickingClock()(), tickingClock()()];

const said: Attestation = {
  order,
  attestedBy: 'records-clerk-7',
  method: 'attestation',
  found: 2,
  erased: 2,
  firstActionAt,
  lastActionAt,
  evidenceDigest: evidenceDigest as Attestation['evidenceDigest'],
};

describe('a store that only a person can erase', () => {
  it('waits for her, and has a receipt with the digest of what she signed', () =>
    inTemporaryFolder(async (folder) => {
      const attestations = desk(folder);
      const erase = manualEraser({ attestations });
      expect(await erase(order)).toEqual(because('awaiting-attestation'));
      expect(await erase(order)).toEqual(because('awaiting-attestation'));
      expect(await attestations.outstanding()).toMatchObject([{ order }]);
      expect(await attestations.record(said)).toMatchObject({ outcome: 'recorded' });
      expect(await erase(order)).toEqual({
        outcome: 'erased',
        receipt: {
          ...{ method: 'attestation', found: 2, erased: 2, firstActionAt, lastActionAt },
          ...{ verification: 'attested', evidenceDigest },
        },
      });
      expect(await attestations.outstanding()).toEqual([]);
    }));

  it('has a list of what waits, the oldest first', () =>
    inTemporaryFolder(async (folder) => {
      const attestations = desk(folder);
      expect(await attestations.outstanding()).toEqual([]);
      const waiting = [nthOrder(3), nthOrder(1), nthOrder(2)];
      for (const each of waiting) await manualEraser({ attestations })(each);
      expect((await attestations.outstanding()).map((each) => each.order)).toEqual(waiting);
    }));
});

describe('an attestation does not count', () => {
  const other = nthOrder(2);
  const changes: Readonly<Record<string, readonly [Partial<Attestation>, string]>> = {
    'of an order that nobody gave': [{ order: nthOrder(9) }, 'not-awaited'],
    'of another order that waits, for this one': [
      { order: { ...other, idempotencyKey: order.idempotencyKey, dataSetId: other.contractId as never } },
      'not-awaited',
    ],
    'of another store': [{ order: { ...order, store: 'paper' as typeof order.store } }, 'not-awaited'],
    'that leaves something': [{ found: 3 }, 'incomplete'],
    'that ends before it begins': [
      { lastActionAt: '2020-01-01T00:00:00.000Z' as typeof lastActionAt },
      'impossible-times',
    ],
    'of what is yet to come': [
      { lastActionAt: '2100-01-01T00:00:00.000Z' as typeof lastActionAt },
      'impossible-times',
    ],
  };

  it.each(Object.entries(changes))('%s', (_what, [change, code]) =>
    inTemporaryFolder(async (folder) => {
      const attestations = desk(folder);
      const erase = manualEraser({ attestations });
      await erase(order);
      await erase(other);
      expect(await attestations.record({ ...said, ...change })).toEqual({ outcome: 'refused', code });
      expect(await erase(order)).toEqual(because('awaiting-attestation'));
    }),
  );

  it('a second time: the first stays', () =>
    inTemporaryFolder(async (folder) => {
      const attestations = desk(folder);
      const erase = manualEraser({ attestations });
      await erase(order);
      const outcomes = await Promise.all([
        attestations.record(said),
        attestations.record({ ...said, found: 5, erased: 5 }),
      ]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['recorded', 'refused']);
      const first = outcomes.find((each) => each.outcome === 'recorded');
      expect(await attestations.record(said)).toEqual({ outcome: 'refused', code: 'attested-already' });
      expect(await erase(order)).toMatchObject({ receipt: { found: first?.attestation.found } });
    }));

  const invalid: Readonly<Record<string, readonly [object, RegExp]>> = {
    'by a name': [
      { attestedBy: 'Anna Canary' },
      /^attestedBy: expected an opaque id .*, found a string of 11/,
    ],
    'by an address': [{ attestedBy: 'anna.canary@example.com' }, /^attestedBy: expected an opaque id/],
    'without evidence': [{ evidenceDigest: undefined }, /^evidenceDigest: expected .*, found nothing/],
    'with a remark': [{ remark: 'anna.canary@example.com' }, /^remark: expected no field named remark/],
    'by a method that is none': [{ method: 'shredder' }, /^method: expected/],
  };

  it.each(Object.entries(invalid))('%s, and the sentence repeats nothing', (_what, [change, sentence]) =>
    inTemporaryFolder(async (folder) => {
      const attestations = desk(folder);
      await manualEraser({ attestations })(order);
      const outcome = await attestations.record({ ...said, ...change });
      expect(outcome).toMatchObject({
        outcome: 'invalid',
        sentence: expect.stringMatching(sentence) as unknown,
      });
      expect(JSON.stringify(outcome)).not.toMatch(/canary/i);
    }),
  );

  it('that a store of attestations gives for another order', async () => {
    const wrong: RecordedAttestation = { ...said, order: nthOrder(2), attestedAt: lastActionAt };
    const attestations = { read: () => Promise.resolve(wrong) } as unknown as Attestations;
    expect(await manualEraser({ attestations })(order)).toEqual(because('attestation-of-another-order'));
  });

  it('that cannot be read: somebody has to look at the file', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(folder.pathOf('attestations'));
      for (const text of ['', '{', JSON.stringify(said)]) {
        await writeFile(folder.pathOf(`attestations/${order.idempotencyKey}.attested.json`), text);
        await expect(manualEraser({ attestations: desk(folder) })(order)).rejects.toThrow(
          /attested\.json: expected a recorded attestation\./,
        );
      }
    }));
});
