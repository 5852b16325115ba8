import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@mandate/event-sourcing';
import { createHash } from 'node:crypto';
import { historyDigest } from './history-digest';

const recorded = (number: number, data: RecordedEvent['data'] = {}): RecordedEvent =>
  ({
    eventId: `e0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    stream: 'contract-1',
    version: number,
    position: `store:${number}`,
    type: 'Happened',
    schemaVersion: 1,
    recordedAt: '2026-04-01T10:00:00.000Z',
    data,
    metadata: {},
  }) as unknown as RecordedEvent;

describe('the digest of a history', () => {
  it('is that of its events as lines of canonical JSON, in their order', () => {
    const line = (number: number, data: string): string =>
      `{"data":${data},"eventId":"e0000000-0000-4000-8000-00000000000${number}",` +
      `"recordedAt":"2026-04-01T10:00:00.000Z","schemaVersion":1,"type":"Happened"}\n`;
    const text = line(1, '{"a":1,"b":2}') + line(2, '{}');
    expect(historyDigest([recorded(1, { b: 2, a: 1 }), recorded(2)])).toEqual({
      events: 2,
      digest: createHash('sha256').update(text).digest('hex'),
    });
  });

  it('changes with every event that is missing, changed, moved or added', () => {
    const all = [recorded(1), recorded(2, { a: 1 }), recorded(3)];
    const others = [
      [recorded(1), recorded(2, { a: 1 })],
      [recorded(2, { a: 1 }), recorded(3)],
      [recorded(1), recorded(2, { a: 2 }), recorded(3)],
      [recorded(2, { a: 1 }), recorded(1), recorded(3)],
      [...all, recorded(3)],
      all.map((event) => ({
        ...event,
        recordedAt: '2026-04-01T10:00:00.001Z' as RecordedEvent['recordedAt'],
      })),
      all.map((event) => ({ ...event, schemaVersion: 2 })),
      all.map((event) => ({ ...event, type: 'Befell' })),
    ];
    const digests = [all, ...others].map((events) => historyDigest(events).digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('of no events counts none', () => {
    expect(historyDigest([])).toEqual({ events: 0, digest: createHash('sha256').update('').digest('hex') });
  });
});
