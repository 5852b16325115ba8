import {
  openProcessor,
  verifyCertificate,
  type Clock,
  type ErasureOutcome,
  type MasterKey,
  type StoreEraser,
} from '@mandate/processor';

// #region ids
const by = { actor: 'legal-desk' };

const contractId = '0b7d1c6e-8a55-4c8e-9b1e-3f6a1f0c2d11';
const issuerId = '7e57ab1e-0000-4000-8000-000000000001';
const instructionId = '9a6c0d5e-4b3a-4d2c-8f1b-0c9d8e7f6a53';
const dataSetId = '5f0f8a4e-37f5-4f4b-8d0e-6a1f7f6c9e22';
// #endregion

// #region eraser
type DataSetOfContract = Readonly<Record<'contractId' | 'dataSetId', string>>;

export interface MailingList {
  readonly write: (of: DataSetOfContract, recipientId: string, ciphertext: Uint8Array) => void;
  readonly held: (of: DataSetOfContract) => number;
  readonly erase: StoreEraser;
}

/** A store that is two maps here, and would be your database: rows by data set, receipts by order. */
export const createMailingList = (clock: Clock): MailingList => {
  const rows = new Map<string, Map<string, Uint8Array>>();
  const receipts = new Map<string, ErasureOutcome>();
  const keyOf = ({ contractId, dataSetId }: DataSetOfContract) => `${contractId}/${dataSetId}`;

  const write: MailingList['write'] = (of, recipientId, ciphertext) => {
    rows.set(keyOf(of), new Map(rows.get(keyOf(of))).set(recipientId, ciphertext));
  };
  const held: MailingList['held'] = (of) => rows.get(keyOf(of))?.size ?? 0;

  const erase: StoreEraser = (order) => {
    const first = receipts.get(order.idempotencyKey);
    if (first !== undefined) return Promise.resolve(first);
    const found = held(order);
    const firstActionAt = clock();
    rows.delete(keyOf(order));
    const outcome: ErasureOutcome = {
      outcome: 'erased',
      receipt: {
        method: found === 0 ? 'nothing-held' : 'row-deletion',
        found,
        erased: found - held(order),
        firstActionAt,
        lastActionAt: clock(),
        verification: 'recounted',
      },
    };
    receipts.set(order.idempotencyKey, outcome);
    return Promise.resolve(outcome);
  };
  return { write, held, erase };
};
// #endregion

export interface Tutorial {
  readonly folder: string;
  readonly masterKey: MasterKey;
  readonly clock: Clock;
  readonly moveClockTo: (instant: string) => void;
  readonly publicKeyOf: (folder: string) => Promise<string>;
  readonly tell: (line: string) => void;
}

export const tutorial = async ({
  folder,
  masterKey,
  clock,
  moveClockTo,
  publicKeyOf,
  tell,
}: Tutorial): Promise<void> => {
  // #region open
  const mailingList = createMailingList(clock);
  const processor = await openProcessor({
    folder,
    masterKey,
    clock,
    erasers: { 'mailing-list': mailingList.erase },
  });
  // #endregion

  // #region conclude
  await processor.contracts.conclude(
    {
      contractId,
      controllerId: '1f0e2d3c-4b5a-4697-8879-6a5b4c3d2e01',
      processorId: '2a1b3c4d-5e6f-4708-9192-a3b4c5d6e7f8',
      startsAt: { date: '2026-01-01', zone: 'Europe/Warsaw' },
      terms: {
        purposes: ['delivery', 'management', 'analytics'],
        categories: ['recipient-contact', 'message-content', 'technical-metadata'],
        channels: ['e-mail', 'sms'],
        countries: ['PL'],
        document: {
          digest: '3b7e4f0a9d1c5268e7f6a5b4c3d2e1f00918273645546372819a0b1c2d3e4f50',
          medium: 'electronic-signature',
          reference: 'DPA/2026/17',
          receivedAt: '2025-12-20T10:00:00.000Z',
        },
        deletion: {
          mode: 'crypto-shredding-and-erasure',
          deadline: { unit: 'days', count: 30 },
          zone: 'Europe/Warsaw',
          backupRetention: { unit: 'days', count: 14 },
        },
      },
      endOfService: 'delete',
      issuers: [issuerId],
    },
    by,
  );
  // #endregion

  // #region instruct
  const issued = await processor.instructions.issue(
    {
      contractId,
      instructionId,
      content: {
        issuerId,
        evidence: {
          digest: '9c1d2e3f4a5b69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0',
          medium: 'customer-portal',
          reference: 'INS/2026/1',
          receivedAt: '2026-01-02T09:00:00.000Z',
        },
        grants: [
          {
            clause: '1',
            purposes: ['delivery'],
            categories: ['recipient-contact', 'message-content'],
            channels: ['e-mail'],
            dataSets: 'all',
            countries: ['PL'],
          },
        ],
        legalBasis: 'art-6-1-a-consent',
        interval: { from: '2026-01-02T09:00:00.000Z' },
      },
    },
    by,
  );
  tell(`instruction: ${issued.outcome}`);
  // #endregion

  // #region entrust
  const anna = { contractId, dataSetId, recipientId: 'r-1', field: 'recipient-contact.email' };
  const encrypted = await processor.vault.encrypt(anna, Buffer.from('anna@example.com'));
  if (encrypted.state === 'encrypted') mailingList.write(anna, anna.recipientId, encrypted.ciphertext);
  const manifest = await processor.vault.manifestDigest({ contractId, dataSetId }, [
    Buffer.from('anna@example.com'),
  ]);
  if (manifest.state !== 'digested') throw new Error('The data set was erased.');
  const entrusted = await processor.dataSets.entrust(
    {
      contractId,
      dataSetId,
      source: 'controller',
      categories: ['recipient-contact', 'message-content'],
      recipients: 1,
      manifestDigest: Buffer.from(manifest.digest).toString('hex'),
      region: 'PL',
      stores: [{ name: 'mailing-list', kind: 'database', region: 'PL' }],
    },
    by,
  );
  tell(`data set: ${entrusted.outcome}`);
  // #endregion

  // #region decide
  const newsletter = {
    operation: 'process',
    contractId,
    dataSetId,
    purpose: 'delivery',
    categories: ['recipient-contact', 'message-content'],
    channel: 'e-mail',
    country: 'PL',
  } as const;
  tell(`newsletter by e-mail: ${(await processor.decide(newsletter)).decision}`);
  const bySms = await processor.decide({ ...newsletter, channel: 'sms' });
  tell(`newsletter by SMS: ${bySms.decision}`);
  if ('explanations' in bySms) tell(bySms.explanations.map(({ article }) => article).join('; '));
  // #endregion

  // #region end
  await processor.contracts.giveTerminationNotice(
    {
      contractId,
      endsAt: { date: '2026-03-31', zone: 'Europe/Warsaw' },
      ground: 'notice-by-controller',
      notice: {
        digest: 'd4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3',
        medium: 'signed-document',
        reference: 'TRM/2026/4',
        receivedAt: '2026-01-02T10:00:00.000Z',
      },
    },
    by,
  );
  await processor.deletions.run();
  tell(`deletion is due at ${processor.deletions.nextDueAt() ?? 'no time'}`);

  moveClockTo('2026-03-30T22:00:00.000Z');
  await processor.deletions.run();
  tell(`newsletter after the end: ${(await processor.decide(newsletter)).decision}`);
  // #endregion

  // #region certificate
  const certificate = await processor.deletions.certificate(contractId);
  const verification = verifyCertificate(certificate, await publicKeyOf(folder));
  tell(`certificate: ${certificate?.contents.status ?? 'none'}, ${verification.verdict}`);
  await processor.close();
  // #endregion
};
