import type { CertificateId, CertificateStatus, LegalDate } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import type { CertificateContents, CertificateDraft, CertifiedStore, KnownLimit } from './certificate';

export interface CertificateCompletion {
  readonly certificateId: CertificateId;
  readonly issuedAt: Instant;
  readonly history: CertificateContents['history'];
  /** The day from which no backup of a store can hold the data any more, by the calendar. */
  readonly backupsExpireOn: (store: CertifiedStore) => LegalDate | undefined;
}

const limitsOf = (draft: CertificateDraft, hasBackups: boolean): readonly KnownLimit[] => [
  ...(draft.operations['handed-over'] > 0 ? (['messages-handed-over-are-beyond-reach'] as const) : []),
  ...(hasBackups ? (['backups-hold-unreadable-data-until-they-expire'] as const) : []),
];

/** The contents of a certificate: the draft of the process, with dates, digest and status. */
export const certificateContents = (
  draft: CertificateDraft,
  { certificateId, issuedAt, history, backupsExpireOn }: CertificateCompletion,
): CertificateContents => {
  const dataSets = draft.dataSets.map((dataSet) => ({
    ...dataSet,
    stores: dataSet.stores.map((store) => {
      const expiry = backupsExpireOn(store);
      return expiry === undefined ? store : { ...store, backupsExpireOn: expiry };
    }),
  }));
  const hasBackups = dataSets.some(({ stores }) =>
    stores.some(({ backupsExpireOn: expiry }) => expiry !== undefined && issuedAt < expiry.at),
  );
  const status: CertificateStatus = hasBackups ? 'complete-except-dated-remainder' : 'complete';
  return {
    format: 'mandate-deletion-certificate/1',
    certificateId,
    status,
    issuedAt,
    ...draft,
    dataSets,
    knownLimits: limitsOf(draft, hasBackups),
    history,
  };
};
