import { instantOf, type DeletionStepProgress } from '@mandate/processor';
import * as story from '../generating/story';
import { scanFolder, type FolderScan } from '../scanning/folder-scan';
import { plantedValues } from '../scanning/planted-values';
import { isLock } from '../run-lock';
import { unlessInterrupted, type Run } from '../run';
import { counted } from '../showing/numbers';
import { giveCommandsUntil } from './given-commands';

const sentences: Readonly<Record<DeletionStepProgress['step'], string>> = {
  'terminate-contract': 'the end of the contract is on record',
  freeze: 'nothing is encrypted under it any more',
  'order-deletion': 'what will be destroyed is written down, before anything is',
  'destroy-keys': "every recipient's key is destroyed",
  // Each store has said so itself.
  'erase-store': '',
  'delete-data-set': 'the data set is deleted',
  'destroy-contract-key': "the contract's key is destroyed, and fenced for ever",
  certify: 'the certificate is signed, and the contract closed',
};

const scanned = (run: Run): Promise<FolderScan> => {
  const { recipients } = run.keeper.record().scale;
  return scanFolder(run.folder.root, plantedValues(recipients), isLock);
};

/** Before anything is deleted the scanner has to find what it looks for; otherwise its silence proves nothing. */
const findPlantedValues = async (run: Run): Promise<void> => {
  const { screen, keeper } = run;
  const { findings, ...scan } = await scanned(run);
  const outside = findings.filter(({ file }) => !file.startsWith('upload/'));
  const valuesOutsideTheUpload = new Set(outside.map(({ label }) => label)).size;
  keeper.change({ scanBefore: { ...scan, valuesOutsideTheUpload } });
  screen.good(
    `before: of ${counted(scan.valuesPlanted)} names, e-mail addresses and phone numbers of a sample ` +
      `${counted(scan.valuesFound)} are found`,
  );
  screen.aside(
    `${counted(scan.occurrences)} times in ${counted(scan.files)} files, all of them in what the controller uploaded: ` +
      `${counted(valuesOutsideTheUpload)} outside it`,
  );
};

const countHeld = (run: Run): void => {
  const [list] = run.input.lists;
  if (list !== undefined) run.keeper.change({ held: run.platform.held(list) });
};

const deleteEverything = async (run: Run): Promise<void> => {
  const { screen, platform, signal } = run;
  const { deletions } = platform.processor;
  await deletions.run({
    signal,
    onProgress: ({ step, outcome }) => {
      if (step === 'await-other-process') {
        screen.aside(
          'the run before was killed in the middle of a deletion: its right to act ends within 5 seconds',
        );
        return;
      }
      const sentence = sentences[step];
      if (outcome !== 'completed') screen.bad(`${step}: ${outcome}`);
      else if (sentence !== '') screen.good(sentence);
    },
  });
  unlessInterrupted(run);
  for (const { step, store, parked, retryAt } of deletions.outstanding()) {
    screen.bad(`outstanding: ${step} ${store ?? ''} ${parked ?? `again at ${retryAt ?? 'once'}`}`);
  }
};

/** What has to be there before the deletion begins: counts to compare it with. */
export const prepareDeletion = async (run: Run): Promise<void> => {
  const { screen, keeper, clock } = run;
  const deletionRuns = instantOf(Date.parse(story.deletionRuns));
  await giveCommandsUntil(run, deletionRuns);
  screen.chapter(
    4,
    'The end, and the deletion',
    'Midnight in Warsaw has passed, 22:00 in UTC: the clocks went forward two nights before. The contract is over.',
  );
  if (keeper.record().held === undefined) countHeld(run);
  if (keeper.record().scanBefore === undefined) await findPlantedValues(run);
  clock.moveTo(deletionRuns);
};

/** Chapter 4: the end of the contract sets the deletion off; here it runs to its end, or says what is outstanding. */
export const deleteData = async (run: Run): Promise<void> => {
  run.clock.moveTo(instantOf(Date.parse(story.deletionRuns)));
  await deleteEverything(run);
};

/** The same scan again, afterwards. */
export const scanAfterwards = scanned;
