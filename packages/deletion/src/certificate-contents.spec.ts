import { describe, expect, it } from '@jest/globals';
import { certificateContents } from './certificate-contents';
import { backupDay, completion, contents, draft } from './testing/a-certificate';
import { dataSetId, deadlineDay, ids, lastDay } from './testing/events';
import { receipt, then } from './testing/events-of-the-end';

const store = (name: string): unknown => ({
  name,
  kind: 'database',
  region: 'PL',
  backupRetention: { unit: 'days', count: 14 },
  receipt,
  backupsExpireOn: backupDay,
});

describe('the contents of a certificate', () => {
  it('say what became of everything, and by when, on what ground and on what choice', () => {
    expect(contents).toEqual({
      format: 'mandate-deletion-certificate/1',
      certificateId: 'ce470000-0000-4000-8000-000000000001',
      status: 'complete-except-dated-remainder',
      issuedAt: then,
      contractId: ids.contract,
      controllerId: ids.controller,
      processorId: ids.processor,
      endOfService: {
        endedAt: lastDay,
        ground: 'notice-by-controller',
        choice: 'delete',
        noticeDigest: 'd'.repeat(64),
        acknowledgementDigests: [],
      },
      dataSets: [
        {
          dataSetId: dataSetId(1),
          deadline: deadlineDay,
          recipients: 3,
          keys: { destroyed: 4, fenceRevision: 1, destroyedAt: then },
          stores: [store('recipient-database'), store('message-archive')],
          deletedAt: then,
        },
      ],
      operations: { 'handed-over': 5, cancelled: 2, failed: 0 },
      knownLimits: [
        'messages-handed-over-are-beyond-reach',
        'backups-hold-unreadable-data-until-they-expire',
      ],
      history: { events: 12, digest: 'b'.repeat(64) },
    });
  });

  it('hold ids, words of closed lists, numbers, dates and digests, and nothing else', () => {
    const strings: string[] = [];
    JSON.stringify(contents, (_key, value: unknown) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    const forms = [
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, // an id
      /^[a-z]+(-[a-z]+)*(\/1)?$/, // a word, or the format
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/, // a date or an instant
      /^Europe\/Warsaw$/,
      /^PL$/,
      /^[0-9a-f]{64}$/, // a digest
    ];
    expect(strings.filter((text) => !forms.some((form) => form.test(text)))).toEqual([]);
  });
});

describe('the status of a certificate', () => {
  const statusAt = (issuedAt: string): string => certificateContents(draft(), completion(issuedAt)).status;

  it('is complete-except-dated-remainder until the last backup is gone, and complete from then on', () => {
    expect(statusAt('2026-04-14T21:59:59.999Z')).toBe('complete-except-dated-remainder');
    expect(statusAt(backupDay.at)).toBe('complete');
  });

  it('is complete where there are no backups', () => {
    const made = certificateContents(
      draft(),
      completion(then, () => undefined),
    );
    expect(made).toMatchObject({ status: 'complete', knownLimits: [] });
    expect(made.dataSets[0]?.stores[0]).not.toHaveProperty('backupsExpireOn');
  });

  it('goes by the store whose backups last longest', () => {
    const made = certificateContents(
      draft(),
      completion(then, ({ name }) => (name === 'message-archive' ? (backupDay as never) : undefined)),
    );
    expect(made.status).toBe('complete-except-dated-remainder');
  });
});

describe('the known limits of a certificate', () => {
  it('name messages that were handed over, since nobody can take them back', () => {
    const limits = (handedOver: number): unknown =>
      certificateContents(draft({ handedOver }), completion('2027-01-01T00:00:00.000Z')).knownLimits;
    expect(limits(0)).toEqual([]);
    expect(limits(1)).toEqual(['messages-handed-over-are-beyond-reach']);
  });
});
