import type { DataSetEvent } from '@mandate/domain';
import type { EntrustedList } from '../reading/data-sets-file';
import { madeUpList } from '../reading/input';
import { changedSince, InputProblem } from '../reading/input-problem';
import { readRecipients, type RejectedLine } from '../reading/recipients-file';
import { findingsOfList } from '../reading/unusable-results';
import { folderOf } from '../platform/data-set-folder';
import { unlessInterrupted, type Run } from '../run';
import type { TakenInList } from '../run-record';
import { counted } from '../showing/numbers';
import { join } from 'node:path';
import { giveCommandsUntil, optionsFor } from './given-commands';
import { storeRecipients, type ListedRecipient } from './stored-recipients';

const chunkSize = 500;

const pathOf = ({ folder, input }: Run, list: EntrustedList): string =>
  list.recipients === madeUpList
    ? join(folderOf({ root: folder.upload }, list), madeUpList)
    : input.pathOf(list.recipients);

interface Survey {
  recipients: number;
  suppressed: number;
  readonly rejected: RejectedLine[];
}

/** Goes through a list for the first time: what is in it, and a digest that only the data set's key can make. */
const surveyed = async (
  run: Run,
  list: EntrustedList,
): Promise<Survey & { readonly manifestDigest: string }> => {
  const { vault } = run.platform.processor;
  const survey: Survey = { recipients: 0, suppressed: 0, rejected: [] };
  async function* entries(): AsyncGenerator<Uint8Array> {
    for await (const read of readRecipients(pathOf(run, list), list.recipients)) {
      if (read.kind === 'rejected') survey.rejected.push(read.rejected);
      else {
        survey.recipients += 1;
        survey.suppressed += read.recipient.hasOptedOut ? 1 : 0;
        yield Buffer.from(JSON.stringify(read.recipient), 'utf8');
      }
    }
  }
  const { contractId, dataSetId } = list;
  await vault.openDataSet({ contractId, dataSetId });
  const digested = await vault.manifestDigest({ contractId, dataSetId }, entries());
  if (digested.state === 'erased') throw new Error('The keys of this data set were destroyed before.');
  return { ...survey, manifestDigest: Buffer.from(digested.digest).toString('hex') };
};

/** After a crash the list is read again; what is on record says what it has to be. */
const requireSameList = (
  { recipients: file }: EntrustedList,
  manifestDigest: string,
  { events }: { readonly events: readonly DataSetEvent[] },
): void => {
  const isOther = events.some(
    ({ type, data }) => type === 'DataSetEntrusted' && data.manifestDigest !== manifestDigest,
  );
  if (isOther) throw new InputProblem([{ file, ...changedSince('it was entrusted') }]);
};

/** Puts on record that the list was entrusted, before anything of it is stored. */
const entrust = async (run: Run, list: EntrustedList): Promise<TakenInList> => {
  const { processor } = run.platform;
  const { manifestDigest, ...survey } = await surveyed(run, list);
  const { recipients } = survey;
  const result = await processor.dataSets.entrust(
    { ...list.data, recipients, manifestDigest },
    optionsFor(list.name, list.actor),
  );
  if (result.outcome !== 'accepted') throw new InputProblem(findingsOfList(list, result));
  requireSameList(list, manifestDigest, result);
  await processor.waitFor(result.position);
  return { dataSetId: list.dataSetId, ...survey };
};

const takeIn = async (run: Run, list: EntrustedList, recipients: number): Promise<void> => {
  const progress = run.screen.progress('encrypted and stored', recipients);
  let chunk: ListedRecipient[] = [];
  const store = async (): Promise<void> => {
    unlessInterrupted(run);
    await storeRecipients(run.platform, list, chunk);
    progress.advance(chunk.length);
    chunk = [];
  };
  for await (const read of readRecipients(pathOf(run, list), list.recipients)) {
    if (read.kind === 'recipient') chunk.push(read);
    if (chunk.length === chunkSize) await store();
  }
  if (chunk.length > 0) await store();
  progress.end();
};

const showRejected = ({ screen }: Run, { recipients, rejected }: TakenInList): void => {
  screen.good(`${counted(recipients)} recipients taken in, ${counted(rejected.length)} lines rejected`);
  if (rejected.length === 0) return;
  screen.table(
    ['line', 'field', 'expected', 'found'],
    rejected.slice(0, 8).map(({ line, field, expected, found }) => [line, field, expected, found]),
  );
  if (rejected.length > 8)
    screen.aside(`… and ${rejected.length - 8} more. What stood there is not repeated.`);
};

/** Chapter 2: the controllers entrust their lists; every value is encrypted before it is stored. */
export const takeInLists = async (run: Run): Promise<void> => {
  const { screen, input, keeper, clock } = run;
  screen.chapter(
    2,
    'The recipients',
    'Every value is encrypted under a key of its own recipient; the history holds a count and a keyed digest.',
  );
  for (const list of input.lists.slice(keeper.record().lists.length)) {
    await giveCommandsUntil(run, list.at);
    clock.moveTo(list.at);
    screen.say(`  ${list.about}`);
    const taken = await entrust(run, list);
    await takeIn(run, list, taken.recipients);
    showRejected(run, taken);
    keeper.change({ lists: [...keeper.record().lists, taken] });
  }
};
