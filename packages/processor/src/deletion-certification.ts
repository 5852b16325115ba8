import {
  certificateContents,
  certificateDigest,
  historyDigest,
  signCertificate,
  type CertifiedStore,
  type Deletion,
} from '@mandate/deletion';
import type { EffectOutcome, EventStore, Uuid } from '@mandate/event-sourcing';
import type { LegalDate } from '@mandate/domain';
import type { ProcessingScope } from '@mandate/read-models';
import type { KeyObject } from 'node:crypto';
import { legalDateAfter } from './calendar';
import type { CertificateStore } from './certificate-store';
import { readContractHistory } from './contract-history';
import type { Gates } from './gates';

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

/** Signs what was done, keeps it, and closes the contract with it. The same step again gives the same certificate. */
export const certify = async (
  { store, scope, gates, certificates, signingKey }: CertificationPorts,
  { contractId, certificateId, issuedAt, draft }: Certify,
  effectId: Uuid,
): Promise<EffectOutcome> => {
  const events = await readContractHistory(store, contractId, scope.scopeOf(contractId));
  // A crash may have come between closing and noting that we did: the certificate covers what came before.
  const history = historyDigest(events.filter(({ type }) => type !== 'ContractClosed'));
  const { zone } = draft.endOfService.endedAt;
  const completion = { certificateId, issuedAt, history, backupsExpireOn: backupsExpireOn(zone) };
  const certificate = signCertificate(certificateContents(draft, completion), signingKey);
  const { status } = certificate.contents;
  const digest = certificateDigest(certificate.contents);
  await certificates.put(certificate);
  const input = { contractId, certificateId, certificateDigest: digest, status };
  const closed = await gates.contract('CloseContract', input, { actor: 'deletion', commandId: effectId });
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
