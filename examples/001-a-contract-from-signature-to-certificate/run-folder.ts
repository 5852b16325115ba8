import { join } from 'node:path';

/** What lies where in the folder of a run. */
export interface RunFolder {
  readonly root: string;
  /** How far the run has come. */
  readonly record: string;
  /** What the controller uploaded: readable, so it is a store like any other, and is deleted like one. */
  readonly upload: string;
  readonly recipients: string;
  readonly deliveryEvents: string;
  readonly suppressionList: string;
  readonly messageArchive: string;
  /** Plans and receipts of what was deleted from folders. */
  readonly erasures: string;
  /** What the library keeps: history, keys, certificates. */
  readonly mandate: string;
  readonly masterKey: string;
  readonly signingKey: string;
  /** For the controller: the certificate, and the key to check it with. */
  readonly certificate: string;
  readonly publicKey: string;
}

export const runFolderAt = (root: string): RunFolder => ({
  root,
  record: join(root, 'progress.json'),
  upload: join(root, 'upload'),
  recipients: join(root, 'platform/recipients.sqlite'),
  deliveryEvents: join(root, 'platform/delivery-events.sqlite'),
  suppressionList: join(root, 'platform/suppression-list.sqlite'),
  messageArchive: join(root, 'platform/message-archive'),
  erasures: join(root, 'platform/erasures'),
  mandate: join(root, 'mandate'),
  masterKey: join(root, 'secrets/master.key'),
  signingKey: join(root, 'mandate/signing-key.pem'),
  certificate: join(root, 'certificate.json'),
  publicKey: join(root, 'certificate-public-key.pem'),
});
