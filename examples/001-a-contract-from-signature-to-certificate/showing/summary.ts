import type { CheckedCertificate } from '../chapters/certificate';
import type { RunFolder } from '../run-folder';
import { untouchedLog, type RunRecord } from '../run-record';
import { counted } from './numbers';
import type { Screen } from './screen';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The year in a few sentences. */
export const showSummary = (
  screen: Screen,
  { log = untouchedLog, held = {} }: RunRecord,
  { certificate: { contents } }: CheckedCertificate,
  { certificate, publicKey }: RunFolder,
): void => {
  const keys = sum(contents.dataSets.map((dataSet) => dataSet.keys.destroyed));
  const recipients = sum(contents.dataSets.map((dataSet) => dataSet.recipients));
  screen.heading('In short');
  screen.say(
    `  ${counted(log.decided)} sends were decided; ${counted(log.allowed)} of them somebody had instructed.`,
  );
  screen.say(
    `  ${counted(recipients)} people were in ${Object.keys(held).length} stores; ${counted(sum(Object.values(held)))} items and ${counted(keys)} keys are gone.`,
  );
  screen.say(`  The certificate says so: ${certificate}`);
  screen.say(`  With this key anybody can check it, offline: ${publicKey}`);
};
