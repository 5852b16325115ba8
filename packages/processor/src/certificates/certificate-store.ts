import type { SignedCertificate } from '@mandate/deletion';

/** Where certificates are kept, by the id of their contract. */
export interface CertificateStore {
  /** Keeps a certificate; the same one again does no harm, a later one of the same contract is the one that is given. */
  readonly put: (certificate: SignedCertificate) => Promise<void>;
  readonly get: (contractId: string) => Promise<SignedCertificate | undefined>;
}

/** Keeps certificates in memory, for tests. */
export const createInMemoryCertificateStore = (): CertificateStore => {
  const certificates = new Map<string, SignedCertificate>();
  return {
    put: (certificate) => {
      certificates.set(certificate.contents.contractId, certificate);
      return Promise.resolve();
    },
    get: (contractId) => Promise.resolve(certificates.get(contractId)),
  };
};
