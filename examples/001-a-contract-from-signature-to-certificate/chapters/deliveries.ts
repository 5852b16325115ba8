import type { DeliveredSend } from '../platform/delivery-events';
import type { Platform } from '../platform/platform';
import type { StoredRecipient } from '../platform/recipient-database';
import type { LoggedSend } from '../reading/send-log';
import { fields, indexesOf } from './stored-recipients';

/** Every so many-th message is kept, so that the customer can look up what was sent. */
const archivedEvery = 250;

const isPhone = ({ to }: LoggedSend): boolean => to.startsWith('+');

const idsOf = ({ request }: LoggedSend): { readonly contractId: string; readonly dataSetId: string } =>
  request;

const find = async (
  platform: Platform,
  sends: readonly LoggedSend[],
  field: 'e_mail' | 'phone',
): Promise<ReadonlyMap<string, StoredRecipient>> => {
  const found = new Map<string, StoredRecipient>();
  const [first] = sends;
  if (first === undefined) return found;
  const { contractId, dataSetId } = idsOf(first);
  const addresses = [...new Set(sends.map(({ to }) => to))];
  const of = { contractId, dataSetId } as Parameters<typeof indexesOf>[1];
  const indexes = await indexesOf(platform, of, field === 'phone' ? fields.phone : fields.eMail, addresses);
  for (const [place, index] of indexes.entries()) {
    const recipient = platform.recipients.byIndex(dataSetId, field, index);
    const address = addresses[place];
    if (recipient !== undefined && address !== undefined) found.set(address, recipient);
  }
  return found;
};

const decrypted = async (
  { processor: { vault } }: Platform,
  { contractId, dataSetId, recipientId, ...stored }: StoredRecipient,
  field: 'name' | 'eMail' | 'phone',
): Promise<string> => {
  const reference = { contractId, dataSetId, recipientId, field: fields[field] };
  const value = await vault.decrypt(reference, stored[field]);
  if (value.state === 'erased') throw new Error('The keys of this recipient were destroyed before.');
  return Buffer.from(value.plaintext).toString('utf8');
};

const archive = async (platform: Platform, send: LoggedSend, recipient: StoredRecipient): Promise<void> => {
  const [name, eMail, phone] = await Promise.all([
    decrypted(platform, recipient, 'name'),
    decrypted(platform, recipient, 'eMail'),
    decrypted(platform, recipient, 'phone'),
  ]);
  const text = `To: ${name} <${eMail}>\n\nDzień dobry, ${name}! Please call us back from ${phone}.\n`;
  const { contractId, dataSetId, recipientId } = recipient;
  const reference = { contractId, dataSetId, recipientId, field: `message-content.${send.id}` };
  const message = await platform.processor.vault.encrypt(reference, Buffer.from(text, 'utf8'));
  if (message.state !== 'encrypted')
    throw new Error('The vault takes nothing in under this contract any more.');
  platform.archive.put(recipient, send.id, message.ciphertext);
};

/**
 * What the platform keeps of sends that were allowed: an event for each, a message of some. Recipients are found
 * by keyed indexes of their addresses. Answers with the number of messages archived.
 */
export const keepDeliveries = async (platform: Platform, sends: readonly LoggedSend[]): Promise<number> => {
  const byPhone = await find(platform, sends.filter(isPhone), 'phone');
  const byEMail = await find(
    platform,
    sends.filter((send) => !isPhone(send)),
    'e_mail',
  );
  const delivered: DeliveredSend[] = [];
  let archived = 0;
  for (const send of sends) {
    const recipient = (isPhone(send) ? byPhone : byEMail).get(send.to);
    if (recipient === undefined) continue;
    delivered.push({ send, ...idsOf(send), recipientId: recipient.recipientId });
    if (send.line % archivedEvery !== 0) continue;
    await archive(platform, send, recipient);
    archived += 1;
  }
  platform.deliveries.add(delivered);
  return archived;
};
