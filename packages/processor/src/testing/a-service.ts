import { createPublicKey } from 'node:crypto';
import type { Processor } from '../processor';
import { createSurroundings, startProcessor, type Surroundings } from './a-processor';
import { by, conclusion, dataSet, ids, instruction, notice } from './a-story';
import { storesOfTheStory, type ErasableStore, type Erasers } from './erasers';

/** The instant at which the contract of the story ends: 31 March 2026 in Warsaw. */
export const endOfTheStory = '2026-03-30T22:00:00.000Z';

/** Waits for a command that is part of the story, and so must be accepted. */
export const accept = async (result: Promise<{ readonly outcome: string }>): Promise<void> => {
  const { outcome, ...rest } = await result;
  if (outcome !== 'accepted') throw new Error(`expected a command to be accepted: ${JSON.stringify(rest)}`);
};

/** Concludes, instructs, entrusts: from here on the newsletter may be sent. */
export const putIntoService = async (processor: Processor): Promise<void> => {
  await accept(processor.contracts.conclude(conclusion, by));
  await accept(processor.instructions.issue(instruction, by));
  await accept(processor.dataSets.entrust(dataSet, by));
};

export const emailOf = (recipientId: string) =>
  ({
    contractId: ids.contract,
    dataSetId: ids.dataSet,
    recipientId,
    field: 'recipient-contact.email',
  }) as const;

export interface Service {
  readonly surroundings: Surroundings;
  readonly erasers: Erasers;
  readonly database: ErasableStore;
  readonly archive: ErasableStore;
  readonly processor: Processor;
}

/** A processor with the contract of the story in service, and one address in its vault. */
export const aService = async (): Promise<Service> => {
  const surroundings = createSurroundings('2026-01-02T10:00:00.000Z');
  const stores = storesOfTheStory(surroundings.clock);
  const processor = startProcessor(surroundings, stores.erasers);
  await putIntoService(processor);
  await processor.vault.encrypt(emailOf('r1'), Buffer.from('anna@example.com'));
  return { surroundings, processor, ...stores };
};

/** The same after notice was given, at the very instant at which the contract ends. */
export const aServiceAtItsEnd = async (): Promise<Service> => {
  const service = await aService();
  service.surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
  await accept(service.processor.contracts.giveTerminationNotice(notice, by));
  service.surroundings.clock.moveTo(endOfTheStory);
  return service;
};

export const publicKeyOf = ({ signingKey }: Surroundings): string =>
  createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();
