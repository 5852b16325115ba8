import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent, Uuid } from '@mandate/event-sourcing';
import { startProcessor } from '../testing/a-processor';
import { accept, aServiceAtItsEnd, endOfTheStory, type Service } from '../testing/a-service';
import { by, conclusion, ids, notice } from '../testing/a-story';

const other = {
  contract: 'aaaaaaaa-1111-4111-8111-111111111111',
  controller: 'aaaaaaaa-2222-4222-8222-222222222222',
} as const;

/** Puts an event on record that this version of the software does not understand. */
const recordFromTheFuture = async (
  { surroundings: { eventStore } }: Service,
  contractId: string,
): Promise<RecordedEvent> => {
  const stream = `contract-${contractId}`;
  const { events } = await eventStore.readStream(stream);
  const last = events.at(-1);
  if (last === undefined) throw new Error('expected a contract');
  const eventId = 'eeeeeeee-0000-4000-8000-000000000000' as Uuid;
  await eventStore.append(stream, last.version, [{ ...last, eventId, schemaVersion: 99 }]);
  return (await eventStore.readStream(stream, { after: last.version })).events[0] as RecordedEvent;
};

describe('a contract with an event that cannot be read', () => {
  it('is not deleted, and says where the event is; other contracts are deleted all the same', async () => {
    const service = await aServiceAtItsEnd();
    const { contracts } = service.processor;
    service.surroundings.clock.moveTo('2026-02-02T12:00:00.000Z');
    const contractId = other.contract;
    await accept(contracts.conclude({ ...conclusion, contractId, controllerId: other.controller }, by));
    await accept(contracts.giveTerminationNotice({ ...notice, contractId }, by));
    const { position } = await recordFromTheFuture(service, ids.contract);
    service.surroundings.clock.moveTo(endOfTheStory);

    const processor = startProcessor(service.surroundings, service.erasers);
    await expect(processor.deletions.run()).rejects.toThrow(`position ${position}`);
    expect(processor.deletions.setAside()).toMatchObject([
      { contractId: ids.contract, cause: { code: 'corrupt', failure: { position } } },
    ]);
    expect(await processor.deletions.certificate(contractId)).toBeDefined();
    expect(await processor.deletions.certificate(ids.contract)).toBeUndefined();
    expect(service.database.held()).toBe(3);
  });
});

describe('what an eraser throws', () => {
  it('is told to whoever asked for the run, and to nobody else', async () => {
    const service = await aServiceAtItsEnd();
    const thrown = new Error('no table recipients_anna@example.com');
    const erasers = { ...service.erasers, 'recipient-database': () => Promise.reject(thrown) };
    const processor = startProcessor(service.surroundings, erasers);
    const errors: unknown[] = [];
    await processor.deletions.run({
      onProgress: (progress) => 'error' in progress && errors.push(progress.error),
    });
    expect(errors).toEqual([thrown]);
    expect(JSON.stringify(processor.deletions.outstanding())).not.toContain('anna');
  });
});
