import { verifyCertificate, type CertificateVerification, type SignedCertificate } from '@mandate/processor';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeDurably } from '../platform/durable-file';
import type { Run } from '../run';
import { warsawTime } from '../showing/local-time';
import { counted } from '../showing/numbers';

/** The certificate and what checking it says: as it is, and with one count changed. */
export interface CheckedCertificate {
  readonly certificate: SignedCertificate;
  readonly verification: CertificateVerification;
  readonly verificationWhenChanged: CertificateVerification;
}

const changed = ({ contents, signature }: SignedCertificate): unknown => ({
  contents: {
    ...contents,
    dataSets: contents.dataSets.map((dataSet) => ({ ...dataSet, recipients: dataSet.recipients + 1 })),
  },
  signature,
});

const handOver = ({ folder }: Run, certificate: SignedCertificate): string => {
  const publicKey = createPublicKey(readFileSync(folder.signingKey))
    .export({ type: 'spki', format: 'pem' })
    .toString();
  writeDurably(folder.certificate, `${JSON.stringify(certificate, undefined, 2)}\n`);
  writeDurably(folder.publicKey, publicKey);
  return publicKey;
};

const showContents = ({ screen }: Run, { contents }: SignedCertificate): void => {
  const { endOfService, history, operations } = contents;
  screen.say(`  status        ${contents.status}`);
  screen.say(`  issued        ${warsawTime(contents.issuedAt)} in Warsaw`);
  screen.say(
    `  the end       ${endOfService.endedAt.date}, ${endOfService.ground}, choice: ${endOfService.choice}`,
  );
  for (const { recipients, keys, deadline } of contents.dataSets) {
    screen.say(`  deadline      ${deadline.date}`);
    screen.say(`  recipients    ${counted(recipients)}`);
    screen.say(`  keys          ${counted(keys.destroyed)} destroyed`);
  }
  screen.say(
    `  sends         ${counted(operations['handed-over'])} handed over, ${counted(operations.failed)} failed`,
  );
  screen.say(`  history       ${counted(history.events)} events, digest ${history.digest.slice(0, 16)}…`);
  for (const limit of contents.knownLimits) screen.say(`  known limit   ${limit.replaceAll('-', ' ')}`);
};

const showStores = ({ screen }: Run, { contents }: SignedCertificate): void => {
  screen.say();
  screen.table(
    ['store', 'kind', 'region', 'found', 'erased', 'method', 'checked', 'backups gone by'],
    contents.dataSets.flatMap(({ stores }) =>
      stores.map(({ name, kind, region, receipt, backupsExpireOn }) => [
        ...[name, kind, region, receipt.found, receipt.erased, receipt.method, receipt.verification],
        backupsExpireOn?.date ?? 'has none',
      ]),
    ),
  );
};

const showVerdicts = (
  { screen }: Run,
  verification: CertificateVerification,
  whenChanged: CertificateVerification,
): void => {
  screen.say();
  if (verification.verdict === 'genuine') screen.good('checked with the public key alone: genuine');
  else screen.bad(`checked with the public key alone: not genuine. ${verification.sentence}`);
  if (whenChanged.verdict === 'not-genuine') {
    screen.good('the same certificate with one recipient more: not genuine');
    screen.aside(whenChanged.sentence);
  } else screen.bad('the same certificate with one recipient more: taken for genuine');
};

/** Chapter 5: the certificate, and whether it is genuine. Absent while anything is outstanding. */
export const checkCertificate = async (run: Run): Promise<CheckedCertificate | undefined> => {
  const { screen, input, platform } = run;
  screen.chapter(
    5,
    'The certificate',
    'What was destroyed, where, when and how, without a word about whose it was; signed, and checked offline.',
  );
  const certificate = await platform.processor.deletions.certificate(input.lists[0]?.contractId ?? '');
  if (certificate === undefined) {
    screen.bad('There is no certificate: something is outstanding, see above.');
    return undefined;
  }
  const publicKey = handOver(run, certificate);
  showContents(run, certificate);
  showStores(run, certificate);
  const verification = verifyCertificate(certificate, publicKey);
  const verificationWhenChanged = verifyCertificate(changed(certificate), publicKey);
  showVerdicts(run, verification, verificationWhenChanged);
  return { certificate, verification, verificationWhenChanged };
};
