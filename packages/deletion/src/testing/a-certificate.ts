import type { CertificateId, ContractId, Digest } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { CertificateContents, CertificateDraft, CertifiedStore } from '../certificate';
import { certificateContents, type CertificateCompletion } from '../certificate-contents';
import { concluded, day, entrusted, ids, noticed, terminated } from './events';
import { processed, wholeDeletionOf } from './events-of-the-end';
import { done, draftAfter, told } from './scenario';

// A key for tests only: its secret is here for everybody to read.
export const signingKey = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`);

export const publicKeyPem = createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();

const contractId = ids.contract as string as ContractId;

/** What the process asks to be certified at the end of a usual course. */
export const draft = ({ handedOver = 0 } = {}): CertificateDraft => {
  const events = [
    ...[concluded(), entrusted(1), processed(1, 'cancelled', 2)],
    ...(handedOver === 0 ? [] : [processed(1, 'handed-over', handedOver)]),
    ...[noticed(), terminated, ...wholeDeletionOf(1)],
  ];
  const inputs = events.map((event) => told(event));
  const over = [done({ step: 'freeze', contractId }), done({ step: 'destroy-contract-key', contractId })];
  return draftAfter([...inputs, ...over]);
};

export const backupDay = day('2026-04-15', '2026-04-14T22:00:00.000Z');

/** A day on which the last backup of every store with backups is gone, unless told otherwise. */
export const completion = (
  issuedAt: string,
  backupsExpireOn: CertificateCompletion['backupsExpireOn'] = ({ backupRetention }: CertifiedStore) =>
    backupRetention === undefined
      ? undefined
      : (backupDay as ReturnType<CertificateCompletion['backupsExpireOn']>),
): CertificateCompletion => ({
  certificateId: 'ce470000-0000-4000-8000-000000000001' as CertificateId,
  issuedAt: issuedAt as Instant,
  history: { events: 12, digest: 'b'.repeat(64) as Digest },
  backupsExpireOn,
});

export const contents: CertificateContents = certificateContents(
  draft({ handedOver: 5 }),
  completion('2026-04-01T10:00:00.000Z'),
);
