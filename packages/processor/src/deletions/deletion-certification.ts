import {
  certificateContents,
  certificateDigest,
  certificateDraft,
  historyDigest,
  signCertificate,
  verifyCertificate,
  type CertificateDraft,
  type CertifiedStore,
  type Deletion,
  type DeletionCase,
  type SignedCertificate,
} from '@mandate/deletion';
import type { EffectOutcome, EventStore, RecordedEvent, Uuid } from '@mandate/event-sourcing';
import type { ContractId, LegalDate } from '@mandate/domain';
import type { ProcessingScope } from '@mandate/read-models';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { legalDateAfter } from '../calendar/calendar';
import type { CertificateStore } from '../certificates/certificate-store';
import { readContractHistory } from '../certificates/contract-history';
import type { Gates } from '../commands/gates';
import { isRefusedFor } from '../commands/outcome';

export interface CertificationPorts {
  readonly store: EventStore;
  readonly scope: ProcessingScope;
  readonly gates: Gates;
  readonly certificates: CertificateStore;
  readonly signingKey: KeyObject;
  /** What is known of a contract's deletion at this moment. */
  readonly caseOf: (contractId: ContractId) => DeletionCase | undefined;
}

type Certify = Extract<Deletion, { step: 'certify' }>;

const backupsExpireOn =
  (zone: string) =>
  ({ backupRetention, receipt }: CertifiedStore): LegalDate | undefined => {
    if (backupRetention === undefined) return undefined;
    // The last backup that can hold the data was taken before the last erasure; the period counts from then.
    const last = { at: receipt.lastActionAt } as LegalDate;
    return legalDateAfter(last, { unit: backupRetention.unit, count: backupRetention.count }, zone);
  };

/** What a certificate covers: a crash may have come between closing and noting that we did. */
const coveredEvents = async (
  { store, scope }: CertificationPorts,
  contractId: ContractId,
): Promise<readonly RecordedEvent[]> => {
  const events = await readContractHistory(store, contractId, scope.scopeOf(contractId));
  return events.filter(({ type }) => type !== 'ContractClosed');
};

const signed = async (
  ports: CertificationPorts,
  { contractId, certificateId, issuedAt }: Certify,
  draft: CertificateDraft,
): Promise<SignedCertificate> => {
  const { signingKey } = ports;
  const history = historyDigest(await coveredEvents(ports, contractId));
  const { zone } = draft.endOfService.endedAt;
  const completion = { certificateId, issuedAt, history, backupsExpireOn: backupsExpireOn(zone) };
  return signCertificate(certificateContents(draft, completion), signingKey);
};

/** Whether a certificate was issued over the beginning of this history, and not over one that a restore took back. */
const isOverThisHistory = async (
  ports: CertificationPorts,
  { contents: { contractId, history } }: SignedCertificate,
): Promise<boolean> => {
  const events = await coveredEvents(ports, contractId);
  const { events: count, digest } = historyDigest(events.slice(0, history.events));
  return count === history.events && digest === history.digest;
};

/** The certificate that this very step put there before a crash; its digest may be on record already. */
const signedBefore = async (
  ports: CertificationPorts,
  { contractId, certificateId }: Certify,
): Promise<SignedCertificate | undefined> => {
  const { certificates, signingKey } = ports;
  const found = await certificates.get(contractId);
  const publicKey = createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();
  const isOurs = verifyCertificate(found, publicKey).verdict === 'genuine';
  if (!isOurs || found?.contents.certificateId !== certificateId) return undefined;
  return (await isOverThisHistory(ports, found)) ? found : undefined;
};

/**
 * What is to be certified. Absent when a data set was entrusted late: there will be a certificate that covers it, too,
 * and this one would hide it.
 */
const draftOf = (
  { scope, caseOf }: CertificationPorts,
  { contractId, dataSets }: Certify,
): CertificateDraft | undefined => {
  const known = scope.scopeOf(contractId)?.dataSets.size ?? 0;
  const of = caseOf(contractId);
  const draft = of && certificateDraft(of);
  return known > dataSets || draft?.dataSets.length !== dataSets ? undefined : draft;
};

/** Closes the contract with a certificate. One that was closed by an earlier certificate stays closed by that. */
const close = async (
  { gates }: CertificationPorts,
  { contractId, certificateId }: Certify,
  { contents }: SignedCertificate,
  effectId: Uuid,
): Promise<EffectOutcome> => {
  const { status } = contents;
  const digest = certificateDigest(contents);
  const input = { contractId, certificateId, certificateDigest: digest, status };
  const closed = await gates.contract('CloseContract', input, { actor: 'deletion', commandId: effectId });
  const isDone = closed.outcome === 'accepted' || isRefusedFor(closed, ['contract-closed']);
  return isDone
    ? { outcome: 'completed', result: { certificateId, certificateDigest: digest, status } }
    : {
        outcome: 'failed',
        reason: closed.outcome === 'refused' ? `refused-${closed.code}` : 'invalid-command',
      };
};

/** Signs what was done, keeps it, and closes the contract with it. The same step again gives the same certificate. */
export const certify = async (
  ports: CertificationPorts,
  deletion: Certify,
  effectId: Uuid,
): Promise<EffectOutcome> => {
  await ports.scope.catchUp();
  // Whoever cannot read the whole history cannot say what it holds.
  if (!ports.scope.isReadable(deletion.contractId))
    return { outcome: 'failed', reason: 'history-unreadable' };
  const draft = draftOf(ports, deletion);
  if (draft === undefined) {
    return { outcome: 'completed', result: { certificateId: deletion.certificateId, isOvertaken: true } };
  }
  const certificate = (await signedBefore(ports, deletion)) ?? (await signed(ports, deletion, draft));
  await ports.certificates.put(certificate);
  return close(ports, deletion, certificate, effectId);
};
