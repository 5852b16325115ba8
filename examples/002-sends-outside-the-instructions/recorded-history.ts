import {
  createMasterKeyFile,
  instantOf,
  masterKeyFromFile,
  openProcessor,
  type Instant,
  type Processor,
  type StoreEraser,
} from '@mandate/processor';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as story from './story';

const by = { actor: 'legal-desk' };
const issuerId = '15500e50-0000-4000-8000-000000000001';
const newsletterId = '15500e50-0000-4000-8000-0000000000a1';
const remindersId = '15500e50-0000-4000-8000-0000000000a2';
const { contractId, dataSetId, recipients } = story;

/** The evidence of a paper: where it is filed, and the digest of its text, here of a made-up one. */
const paper = (reference: string, receivedAt: string) => ({
  digest: createHash('sha256').update(reference).digest('hex'),
  medium: 'signed-document' as const,
  reference,
  receivedAt,
});

const byEMail = {
  categories: ['recipient-contact', 'message-content'],
  channels: ['e-mail'],
  dataSets: 'all',
  countries: ['FR'],
} as const;

const instructed = (reference: string, at: string) => ({
  issuerId,
  evidence: paper(reference, at),
  legalBasis: 'art-6-1-a-consent' as const,
  interval: { from: at },
});

interface Step {
  readonly at: string;
  readonly what: string;
  readonly give: (processor: Processor) => Promise<{ readonly outcome: string; readonly sentence?: string }>;
}

const steps: readonly Step[] = [
  {
    at: '2025-01-20T10:00:00.000Z',
    what: 'the contract is concluded',
    give: ({ contracts }) =>
      contracts.conclude(
        {
          contractId,
          controllerId: 'c0117011-0000-4000-8000-000000000001',
          processorId: '9120ce55-0000-4000-8000-000000000001',
          startsAt: { date: '2025-02-01', zone: 'Europe/Paris' },
          terms: {
            purposes: ['delivery', 'management', 'analytics'],
            categories: ['recipient-contact', 'message-content', 'technical-metadata'],
            channels: ['e-mail', 'sms', 'push'],
            countries: ['FR'],
            document: paper('DPA/2025/3', '2025-01-20T09:00:00.000Z'),
            deletion: {
              mode: 'crypto-shredding-and-erasure',
              deadline: { unit: 'days', count: 30 },
              zone: 'Europe/Paris',
              backupRetention: { unit: 'days', count: 14 },
            },
          },
          endOfService: 'delete',
          issuers: [issuerId],
        },
        by,
      ),
  },
  {
    at: '2025-02-03T08:00:00.000Z',
    what: 'the controller instructs: a newsletter by e-mail, and statistics about it for itself',
    give: ({ instructions }) =>
      instructions.issue(
        {
          contractId,
          instructionId: newsletterId,
          content: {
            ...instructed('INS/2025/1', '2025-02-03T08:00:00.000Z'),
            grants: [
              { ...byEMail, clause: '1', purposes: ['delivery'] },
              { ...byEMail, clause: '2', purposes: ['analytics'], categories: ['technical-metadata'] },
            ],
          },
        },
        by,
      ),
  },
  {
    at: '2025-02-03T08:30:00.000Z',
    what: 'and reminders by SMS',
    give: ({ instructions }) =>
      instructions.issue(
        {
          contractId,
          instructionId: remindersId,
          content: {
            ...instructed('INS/2025/2', '2025-02-03T08:30:00.000Z'),
            grants: [{ ...byEMail, clause: '1', purposes: ['delivery'], channels: ['sms'] }],
          },
        },
        by,
      ),
  },
  {
    at: '2025-02-03T09:00:00.000Z',
    what: 'it entrusts its recipients; one store is registered',
    give: ({ dataSets }) =>
      dataSets.entrust(
        {
          contractId,
          dataSetId,
          source: 'controller',
          categories: ['recipient-contact', 'message-content'],
          recipients,
          manifestDigest: createHash('sha256').update('a manifest').digest('hex'),
          region: 'FR',
          stores: [{ name: 'campaign-database', kind: 'database', region: 'FR' }],
        },
        by,
      ),
  },
  {
    at: '2025-07-30T12:00:00.000Z',
    what: 'it gives notice: the contract ends as 1 October begins in Paris',
    give: ({ contracts }) =>
      contracts.giveTerminationNotice(
        {
          contractId,
          endsAt: { date: '2025-10-01', zone: 'Europe/Paris' },
          ground: 'notice-by-controller',
          notice: paper('NOT/2025/1', '2025-07-30T11:00:00.000Z'),
        },
        by,
      ),
  },
  {
    at: story.withdrawalIsKnown,
    what: 'a letter of 8 September is opened: no reminders any more, from that day on',
    give: ({ instructions }) =>
      instructions.withdraw(
        {
          contractId,
          instructionId: remindersId,
          effectiveAt: story.withdrawalTakesEffect,
          issuerId,
          withdrawal: paper('INS/2025/9', story.withdrawalTakesEffect),
        },
        by,
      ),
  },
];

/** Stands for the one registered store: it deletes its rows and counts again. It knows of no copy. */
const campaignDatabase =
  (clock: () => Instant): StoreEraser =>
  () =>
    Promise.resolve({
      outcome: 'erased',
      receipt: {
        method: 'row-deletion',
        found: recipients,
        erased: recipients,
        firstActionAt: clock(),
        lastActionAt: clock(),
        verification: 'recounted',
      },
    });

/** Records the year in a folder, up to the certificate, with the commands that a platform would give. */
export const recordHistory = async (folder: string, say: (line: string) => void): Promise<Processor> => {
  let now = instantOf(0);
  const clock = (): Instant => now;
  const keyFile = join(folder, 'master-key');
  await createMasterKeyFile(keyFile);
  const processor = await openProcessor({
    folder,
    masterKey: await masterKeyFromFile(keyFile),
    erasers: { 'campaign-database': campaignDatabase(clock) },
    clock,
  });
  for (const { at, what, give } of steps) {
    now = instantOf(Date.parse(at));
    const { outcome, sentence = '' } = await give(processor);
    if (outcome !== 'accepted')
      throw new Error(`${what}: expected to be accepted, was ${outcome}. ${sentence}`);
    say(`  ${at.slice(0, 10)}  ${what}`);
  }
  now = instantOf(Date.parse(story.everythingIsErased));
  await processor.deletions.run();
  const certificate = await processor.deletions.certificate(contractId);
  say(
    `  ${now.slice(0, 10)}  the registered store is erased; certificate: ${certificate?.contents.status ?? 'none'}`,
  );
  return processor;
};
