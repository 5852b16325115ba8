import { derivedUuid, type Uuid } from '@mandate/event-sourcing';
import type { Platform } from '../platform/platform';
import type { StoredRecipient } from '../platform/recipient-database';
import type { EntrustedList } from '../reading/data-sets-file';
import type { UploadedRecipient } from '../reading/recipients-file';

/** A recipient on her line of the list. */
export interface ListedRecipient {
  readonly line: number;
  readonly recipient: UploadedRecipient;
}

/** Names the values of a recipient where they are encrypted. */
export const fields = {
  name: 'recipient-contact.name',
  eMail: 'recipient-contact.e-mail',
  phone: 'recipient-contact.phone',
} as const;

/** Opaque, and the same after a crash: it comes from the place in the list, not from what stands there. */
export const recipientIdOf = ({ dataSetId }: EntrustedList, line: number): string =>
  derivedUuid(`line ${line}`, dataSetId as string as Uuid);

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

/** The vault answers with a value when a contract is over; while data is being taken in that is a fault. */
const required = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('The vault takes nothing in under this contract any more.');
  return value;
};

const ciphertextsOf = async (
  { processor: { vault } }: Platform,
  list: EntrustedList,
  people: readonly ListedRecipient[],
): Promise<readonly Uint8Array[]> => {
  const { contractId, dataSetId } = list;
  const values = people.flatMap(({ line, recipient }) => {
    const of = { contractId, dataSetId, recipientId: recipientIdOf(list, line) };
    return (['name', 'eMail', 'phone'] as const).map((field) => ({
      reference: { ...of, field: fields[field] },
      plaintext: utf8(recipient[field]),
    }));
  });
  const encrypted = await vault.encryptMany(values);
  return encrypted.map((one) => required(one.state === 'encrypted' ? one.ciphertext : undefined));
};

/** Keyed indexes of addresses: to find somebody by her address without storing it. */
export const indexesOf = async (
  { processor: { vault } }: Platform,
  { contractId, dataSetId }: Pick<EntrustedList, 'contractId' | 'dataSetId'>,
  field: string,
  texts: readonly string[],
): Promise<readonly Uint8Array[]> => {
  const indexed = await vault.blindIndex({ contractId, dataSetId, field }, texts.map(utf8));
  return required(indexed.state === 'indexed' ? indexed.indexes : undefined);
};

const storedRecipients = async (
  platform: Platform,
  list: EntrustedList,
  people: readonly ListedRecipient[],
): Promise<readonly StoredRecipient[]> => {
  const { contractId, dataSetId } = list;
  const eMails = people.map(({ recipient }) => recipient.eMail);
  const phones = people.map(({ recipient }) => recipient.phone);
  const eMailIndexes = await indexesOf(platform, list, fields.eMail, eMails);
  const phoneIndexes = await indexesOf(platform, list, fields.phone, phones);
  const ciphertexts = await ciphertextsOf(platform, list, people);
  return people.map(({ line }, index) => ({
    contractId,
    dataSetId,
    recipientId: recipientIdOf(list, line),
    name: required(ciphertexts[index * 3]),
    eMail: required(ciphertexts[index * 3 + 1]),
    phone: required(ciphertexts[index * 3 + 2]),
    eMailIndex: required(eMailIndexes[index]),
    phoneIndex: required(phoneIndexes[index]),
  }));
};

/** Takes people into the platform's stores. Whoever is there already, from before a crash, is left as she is. */
export const storeRecipients = async (
  platform: Platform,
  list: EntrustedList,
  people: readonly ListedRecipient[],
): Promise<void> => {
  const isNew = ({ line }: ListedRecipient): boolean => !platform.recipients.holds(recipientIdOf(list, line));
  const fresh = people.filter(isNew);
  platform.recipients.add(await storedRecipients(platform, list, fresh));
  const optedOut = people
    .filter(({ recipient }) => recipient.hasOptedOut)
    .map(({ recipient }) => recipient.eMail);
  const suppressed = await indexesOf(platform, list, 'suppression.e-mail', optedOut);
  platform.suppressions.add(list, suppressed);
};
