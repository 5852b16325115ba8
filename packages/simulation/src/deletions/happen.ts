import { eventsToAppend, type Uuid } from '@mandate/event-sourcing';
import type { CommandResult } from '@mandate/processor';
import { addressOf } from './canaries';
import {
  contractIdOf,
  controllerIdOf,
  dataSetIdOf,
  dateOf,
  dayOf,
  instantAfter,
  issuerId,
  processorId,
  retentionIdOf,
  type StoreName,
} from './names';
import type { ContractPlan, DataSetPlan, Happening } from './plan';
import { hear, type Engagement, type EntrustedSet, type World } from './world';

const by = { actor: 'legal-desk' } as const;

const document = (digit: string, receivedAt: string) => ({
  digest: digit.repeat(64),
  medium: 'signed-document' as const,
  reference: `DPA/2026/${digit}`,
  receivedAt,
});

const registered = (name: StoreName) => ({ name, kind: 'database', region: 'PL' }) as const;

/** Listens to what came of a command, and tells whether it was accepted and put something on record. */
const isRecorded = async (
  world: World,
  command: Promise<CommandResult<unknown, unknown>>,
  type?: string,
): Promise<boolean> => {
  const result = await command;
  hear(world, result);
  return (
    result.outcome === 'accepted' &&
    result.events.some((event) => type === undefined || (event as { type: string }).type === type)
  );
};

const must = async (world: World, command: Promise<CommandResult<unknown, unknown>>): Promise<void> => {
  if (!(await isRecorded(world, command))) world.complaints.add('a command of the story was not accepted');
};

const entrusting = (set: EntrustedSet) =>
  ({
    contractId: set.contractId,
    dataSetId: set.dataSetId,
    source: 'controller',
    categories: ['recipient-contact', 'message-content'],
    recipients: set.recipients.length,
    manifestDigest: 'c'.repeat(64),
    region: 'PL',
    stores: [...set.stores].map(registered) as [ReturnType<typeof registered>],
  }) as const;

/** Fills the stores of a data set, and the vault as far as it still takes anything. */
const fill = async ({ application, stores }: World, set: EntrustedSet): Promise<void> => {
  const { contractId, dataSetId, number } = set;
  for (const recipientId of set.recipients) {
    const address = addressOf(recipientId);
    for (const store of set.stores)
      stores.insert(store, { contractId, dataSetId, number, recipientId, address });
    const reference = { contractId, dataSetId, recipientId, field: 'recipient-contact.email' } as const;
    const encrypted = await application.vault.encrypt(reference, Buffer.from(address));
    if (encrypted.state === 'encrypted') set.secrets.push({ recipientId, ciphertext: encrypted.ciphertext });
  }
};

const newSet = ({ contract, contractId }: Engagement, number: number, plan: DataSetPlan): EntrustedSet => ({
  ...{ contractId, number, recipients: plan.recipients },
  dataSetId: dataSetIdOf(contract, number),
  stores: new Set(plan.stores),
  laws: new Map(),
  secrets: [],
  isAcknowledged: false,
});

/** Concludes a contract, has data sets entrusted, and gives notice, unless it is to end by agreement. */
export const engage = async (world: World, contract: number, plan: ContractPlan): Promise<void> => {
  const { contracts, dataSets } = world.application;
  const contractId = contractIdOf(contract);
  const engagement: Engagement = { contract, contractId, choice: plan.choice, sets: new Map() };
  world.engagements.set(contract, engagement);
  const terms = {
    purposes: ['delivery'],
    categories: ['recipient-contact', 'message-content'],
    channels: ['e-mail'],
    countries: ['PL'],
    document: document('a', '2025-12-20T10:00:00.000Z'),
    deletion: {
      mode: 'crypto-shredding-and-erasure',
      deadline: { unit: 'days', count: 30 },
      zone: 'Europe/Warsaw',
      backupRetention: { unit: 'days', count: 14 },
    },
  } as const;
  const parties = { contractId, controllerId: controllerIdOf(contract), processorId };
  const startsAt = dateOf(-1);
  const conclusion = { ...parties, startsAt, terms, endOfService: plan.choice, issuers: [issuerId] } as const;
  await must(world, contracts.conclude(conclusion, by));
  for (const [index, dataSet] of plan.dataSets.entries()) {
    const set = newSet(engagement, index + 1, dataSet);
    engagement.sets.set(set.number, set);
    await must(world, dataSets.entrust(entrusting(set), by));
    await fill(world, set);
  }
  if (plan.end === 'by-agreement') return;
  const notice = document('d', '2026-01-02T09:00:00.000Z');
  const end = { contractId, endsAt: dateOf(plan.endsOnDay), ground: 'notice-by-controller', notice } as const;
  await must(world, contracts.giveTerminationNotice(end, by));
  engagement.endsAt = instantAfter(dayOf(plan.endsOnDay), -11 * 3_600_000);
};

/** Records the end that was agreed on. */
export const endByAgreement = async (world: World, contract: number, plan: ContractPlan): Promise<void> => {
  const engagement = world.engagements.get(contract);
  if (engagement === undefined) return;
  engagement.endsAt = instantAfter(dayOf(plan.endsOnDay), -11 * 3_600_000);
  const { contractId } = engagement;
  const end = { contractId, endedAt: dateOf(plan.endsOnDay), ground: 'agreement' } as const;
  await must(world, world.application.contracts.terminate(end, by));
};

/** Records an entrusting as a command does that had read the contract before it ended, and was recorded after. */
const entrustLate = async (world: World, engagement: Engagement, { store }: Happening): Promise<void> => {
  const number = Math.max(0, ...engagement.sets.keys()) + 1;
  const set = newSet(engagement, number, { stores: [store], recipients: ['r1'] });
  engagement.sets.set(number, set);
  const commandId = set.dataSetId as Uuid;
  const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'late' };
  const event = { type: 'DataSetEntrusted', schemaVersion: 1, data: entrusting(set) };
  await world.eventStore.append(`data-set-${set.dataSetId}`, 'no-stream', eventsToAppend([event], metadata));
  await fill(world, set);
};

const applyLaw = async (world: World, set: EntrustedSet, happening: Happening): Promise<void> => {
  const { contractId, dataSetId, laws } = set;
  const retentionId = retentionIdOf(happening.contract, happening.days * 100 + set.number);
  const today = Math.floor((Date.parse(world.time.clock()) - Date.parse(dayOf(0))) / 86_400_000);
  const law = {
    ...{ contractId, dataSetId, retentionId },
    jurisdiction: happening.kind === 'apply-law' ? 'PL' : 'US',
    ...{ law: 'UoR', article: 'art-74', items: ['contact-data'] },
    until: dateOf(today + happening.days),
  } as const;
  const command = world.application.dataSets.applyRetentionLaw(law as never, by);
  if (await isRecorded(world, command, 'RetentionLawApplied'))
    laws.set(retentionId, instantAfter(dayOf(today + happening.days), -11 * 3_600_000));
};

const liftLaw = async (world: World, set: EntrustedSet): Promise<void> => {
  const [retentionId] = set.laws.keys();
  if (retentionId === undefined) return;
  const { contractId, dataSetId, laws } = set;
  const lifting = { contractId, dataSetId, retentionId, effectiveAt: world.time.clock() };
  if (await isRecorded(world, world.application.dataSets.liftRetentionLaw(lifting, by)))
    laws.delete(retentionId);
};

const returnData = async (world: World, set: EntrustedSet, isAcknowledged: boolean): Promise<void> => {
  const { contractId, dataSetId, recipients } = set;
  const { dataSets } = world.application;
  const at = world.time.clock();
  const back = {
    contractId,
    dataSetId,
    returnedAt: at,
    format: 'csv',
    recipients: recipients.length,
  } as const;
  await isRecorded(world, dataSets.recordReturn(back, by));
  if (!isAcknowledged) return;
  const acknowledgement = { contractId, dataSetId, issuerId, acknowledgement: document('f', at) };
  if (await isRecorded(world, dataSets.acknowledgeReturn(acknowledgement, by))) set.isAcknowledged = true;
};

const registerStore = async (world: World, set: EntrustedSet, { store }: Happening): Promise<void> => {
  const { contractId, dataSetId, number } = set;
  const input = { contractId, dataSetId, store: registered(store) };
  if (!(await isRecorded(world, world.application.dataSets.registerStore(input, by)))) return;
  set.stores.add(store);
  const row = { contractId, dataSetId, number, recipientId: 'r1', address: addressOf('r1') };
  world.stores.insert(store, row);
};

/** Has something happen, if it can: what the rules refuse has not happened. */
export const happen = async (world: World, happening: Happening): Promise<void> => {
  const engagement = world.engagements.get(((happening.contract - 1) % world.engagements.size) + 1);
  if (engagement === undefined) return;
  const set = engagement.sets.get(((happening.dataSet - 1) % engagement.sets.size) + 1);
  if (happening.kind === 'entrust-late') return entrustLate(world, engagement, happening);
  if (set === undefined) return;
  switch (happening.kind) {
    case 'return-and-acknowledge':
      return returnData(world, set, true);
    case 'return':
      return returnData(world, set, false);
    case 'register-store':
      return registerStore(world, set, happening);
    case 'apply-law':
    case 'apply-foreign-law':
      return applyLaw(world, set, happening);
    case 'lift-law':
      return liftLaw(world, set);
  }
};
