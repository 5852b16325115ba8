import * as story from '../generating/story';
import { encodingsThatAreFound } from '../scanning/scanner-proof';
import type { FolderScan } from '../scanning/folder-scan';
import type { Run } from '../run';
import { counted } from '../showing/numbers';
import { scanAfterwards } from './deletion';
import { fields, recipientIdOf } from './stored-recipients';

/** What is left when everything is over. */
export interface Aftermath {
  /** Codes of the reasons against one more newsletter. */
  readonly newsletterDeniedBecause: readonly string[];
  /** What the vault says to a value of a recipient who was deleted. */
  readonly deletedRecipient: string;
  /** What it says to one of the other customer's. */
  readonly otherCustomersRecipient: string;
  readonly scan: FolderScan;
  readonly encodingsFound: readonly string[];
}

const askOnceMore = async ({ platform: { processor } }: Run): Promise<readonly string[]> => {
  const answer = await processor.decide({
    operation: 'process',
    contractId: story.contractId,
    dataSetId: story.dataSetId,
    purpose: 'delivery',
    categories: ['recipient-contact', 'message-content'],
    channel: 'e-mail',
    country: 'PL',
  });
  if (answer.decision === 'allow') return [];
  return 'reasons' in answer ? answer.reasons.map(({ reason }) => reason) : ['invalid'];
};

/** The first recipient stands on line 2, after the header. */
const firstLine = 2;

const decryptDeleted = async ({ platform: { processor }, input }: Run): Promise<string> => {
  const [list] = input.lists;
  if (list === undefined) return 'no list';
  const { contractId, dataSetId } = list;
  const reference = {
    contractId,
    dataSetId,
    recipientId: recipientIdOf(list, firstLine),
    field: fields.eMail,
  };
  // Whatever the bytes are: without the key nothing can be read any more, and the vault says so first.
  const answer = await processor.vault.decrypt(reference, new Uint8Array(64));
  return answer.state;
};

const decryptOther = async ({ platform, input }: Run): Promise<string> => {
  const [, other] = input.lists;
  const recipient = other === undefined ? undefined : platform.recipients.first(other.dataSetId);
  if (other === undefined || recipient === undefined) return 'no recipient';
  const { contractId, dataSetId, recipientId, eMail } = recipient;
  const reference = { contractId, dataSetId, recipientId, field: fields.eMail };
  return (await platform.processor.vault.decrypt(reference, eMail)).state;
};

const showScan = (
  { screen }: Run,
  { valuesFound, valuesPlanted, files, bytes, findings }: FolderScan,
): void => {
  const what = `after: of ${counted(valuesPlanted)} names, addresses and numbers ${counted(valuesFound)} are found`;
  if (valuesFound === 0) screen.good(what);
  else screen.bad(what);
  screen.aside(`${counted(files)} files, ${(bytes / 1e6).toFixed(1)} MB, searched`);
  for (const { file, label, encoding } of findings.slice(0, 10))
    screen.aside(`${file}: ${label}, as ${encoding}`);
};

/** Chapter 6: whether anything can be read, or found, any more. */
export const lookForRemains = async (run: Run): Promise<Aftermath> => {
  const { screen } = run;
  screen.chapter(
    6,
    'Nothing is left',
    'Asked once more, and then searched for: every file that is left, byte by byte, in every encoding.',
  );
  const newsletterDeniedBecause = await askOnceMore(run);
  screen.good(`one more newsletter? denied: ${newsletterDeniedBecause.join(', ')}`);
  const deletedRecipient = await decryptDeleted(run);
  screen.good(`a deleted recipient's address? ${deletedRecipient}`);
  const otherCustomersRecipient = await decryptOther(run);
  screen.good(`an address of the other customer? ${otherCustomersRecipient}`);
  const encodingsFound = await encodingsThatAreFound();
  screen.good(`the scanner is up to it: it finds a planted address in ${encodingsFound.length} encodings`);
  screen.aside(encodingsFound.join(' · '));
  const scan = await scanAfterwards(run);
  showScan(run, scan);
  return { newsletterDeniedBecause, deletedRecipient, otherCustomersRecipient, scan, encodingsFound };
};
