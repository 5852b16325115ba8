import {
  certificateContents,
  certificateDigest,
  historyDigest,
  signCertificate,
  verifyCertificate,
  type CertifiedStore,
  type Deletion,
  type SignedCertificate,
} from '@mandate/deletion';
import type { EffectOutcome, EventStore, Uuid } from '@mandate/event-sourcing';
import type { LegalDate } from '@mandate/domain';
import type { ProcessingScope } from '@mandate/read-models';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { legalDateAfter } from '../calendar/calendar';
import type { CertificateStore } from '../certificates/certificate-store';
import { readContractHistory } from '../certificates/contract-history';
import type { Gates } from '../commands/gates';

export interface CertificationPorts {
  readonly store: EventStore;
  readonly scope: ProcessingScope;
  readonly gates: Gates;
  readonly certificates: CertificateStore;
  readonly signingKey: KeyObject;
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

const signed = async (
  { store, scope, signingKey }: CertificationPorts,
  { contractId, certificateId, issuedAt, draft }: Certify,
): Promise<SignedCertificate> => {
  const events = await readContractHistory(store, contractId, scope.scopeOf(contractId));
  // A crash may have come between closing and noting that we did: the certificate covers what came before.
  const history = historyDigest(events.filter(({ type }) => type !== 'ContractClosed'));
  const { zone } = draft.endOfService.endedAt;
  const completion = { certificateId, issuedAt, history, backupsExpireOn: backupsExpireOn(zone) };
  return signCertificate(certificateContents(draft, completion), signingKey);
};

/** The certificate that this very step put there before a crash; its digest may be on record already. */
const signedBefore = async (
  { certificates, signingKey }: CertificationPorts,
  { contractId, certificateId }: Certify,
): Promise<SignedCertificate | undefined> => {
  const found = await certificates.get(contractId);
  const publicKey = createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();
  const isOurs = verifyCertificate(found, publicKey).verdict === 'genuine';
  return isOurs && found?.contents.certificateId === certificateId ? found : undefined;
};

/** A data set was entrusted late: there will be a certificate that covers it, too, and this one would hide it. */
const isOvertaken = async (
  { scope }: CertificationPorts,
  { contractId, draft }: Certify,
): Promise<boolean> => {
  await scope.catchUp();
  const known = scope.scopeOf(contractId)?.dataSets.size ?? 0;
  return draft.dataSets.length < known;
};

/** Signs what was done, keeps it, and closes the contract with it. The same step again gives the same certificate. */
export const certify = async (
  ports: CertificationPorts,
  deletion: Certify,
  effectId: Uuid,
): Promise<EffectOutcome> => {
  const { contractId, certificateId } = deletion;
  if (await isOvertaken(ports, deletion))
    return { outcome: 'completed', result: { certificateId, isOvertaken: true } };
  const certificate = (await signedBefore(ports, deletion)) ?? (await signed(ports, deletion));
  const { status } = certificate.contents;
  const digest = certificateDigest(certificate.contents);
  await ports.certificates.put(certificate);
  const input = { contractId, certificateId, certificateDigest: digest, status };
  const closed = await ports.gates.contract('CloseContract', input, {
    actor: 'deletion',
    commandId: effectId,
  });
  // A data set entrusted late gets a certificate of its own, and the contract stays closed by the first one.
  const isDone =
    closed.outcome === 'accepted' || (closed.outcome === 'refused' && closed.code === 'contract-closed');
  return isDone
    ? { outcome: 'completed', result: { certificateId, certificateDigest: digest, status } }
    : {
        outcome: 'failed',
        reason: closed.outcome === 'refused' ? `refused-${closed.code}` : 'invalid-command',
      };
};
