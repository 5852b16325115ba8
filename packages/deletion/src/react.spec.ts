import { describe, expect, it } from '@jest/globals';
import type { ContractId } from '@mandate/domain';
import type { Deletion } from './effect';
import {
  amended,
  concluded,
  dataSetId,
  entrusted,
  ids,
  lastDay,
  noticed,
  noticeWithdrawn,
  registered,
  store,
  terminated,
} from './testing/events';
import { deleted, erased, keysDestroyed, ordered, then, wholeDeletionOf } from './testing/events-of-the-end';
import { done, effectsIn, reached, reactionsTo, stepsIn, told, type Input } from './testing/scenario';

const contractId = ids.contract as string as ContractId;
const freeze: Deletion = { step: 'freeze', contractId };
const destroyContractKey: Deletion = { step: 'destroy-contract-key', contractId };

const service: readonly Input[] = [told(concluded()), told(entrusted(1))];
const ended: readonly Input[] = [...service, told(terminated)];
const frozen: readonly Input[] = [...ended, done(freeze)];
const events = (...happened: readonly Parameters<typeof told>[0][]): readonly Input[] =>
  happened.map((event) => told(event));

describe('the end of service', () => {
  it('is waited for from the notice on', () => {
    expect(reactionsTo([...service, told(noticed())])).toEqual([
      { kind: 'set-deadline', deadline: 'end-of-service', dueAt: lastDay.at },
    ]);
  });

  it('is recorded when its day has come', () => {
    expect(reactionsTo([...service, told(noticed()), reached('end-of-service', lastDay.at)])).toEqual([
      {
        kind: 'effect',
        effect: { step: 'terminate-contract', contractId, endedAt: lastDay, ground: 'notice-by-controller' },
      },
    ]);
  });

  it('is not waited for when the notice is withdrawn', () => {
    const withdrawn = [...service, told(noticed()), told(noticeWithdrawn)];
    expect(reactionsTo(withdrawn)).toEqual([{ kind: 'cancel-deadline', deadline: 'end-of-service' }]);
    expect(reactionsTo([...withdrawn, reached('end-of-service', lastDay.at)])).toEqual([]);
  });

  it('is not recorded again when somebody recorded it first', () => {
    const early = [...service, told(noticed()), told(terminated)];
    expect(reactionsTo([...early, reached('end-of-service', lastDay.at)])).toEqual([]);
  });

  it('lets nothing in any more, before anything else', () => {
    expect(reactionsTo(ended)).toEqual([
      { kind: 'cancel-deadline', deadline: 'end-of-service' },
      { kind: 'effect', effect: freeze },
    ]);
  });
});

describe('a deletion', () => {
  it('is ordered once nothing comes in any more, with the policy that held at the end', () => {
    const inputs = [
      told(concluded()),
      told(amended('2026-02-01T00:00:00.000Z', 10)),
      told(amended('2026-06-01T00:00:00.000Z', 99)),
      told(entrusted(1)),
      told(terminated),
      done(freeze),
    ];
    expect(effectsIn(reactionsTo(inputs))).toEqual([
      {
        step: 'order-deletion',
        contractId,
        dataSetId: dataSetId(1),
        endedAt: lastDay,
        within: { unit: 'days', count: 10 },
        zone: 'Europe/Warsaw',
      },
    ]);
  });

  it('is ordered for every data set', () => {
    const inputs = [told(concluded()), ...events(entrusted(1), entrusted(2), terminated), done(freeze)];
    expect(effectsIn(reactionsTo(inputs))).toMatchObject([
      { step: 'order-deletion', dataSetId: dataSetId(1) },
      { step: 'order-deletion', dataSetId: dataSetId(2) },
    ]);
  });

  it('destroys keys once it is written down what will be destroyed', () => {
    expect(effectsIn(reactionsTo([...frozen, told(ordered(1))]))).toEqual([
      { step: 'destroy-keys', contractId, dataSetId: dataSetId(1) },
    ]);
  });

  it('erases every store once the keys are destroyed', () => {
    expect(effectsIn(reactionsTo([...frozen, ...events(ordered(1), keysDestroyed(1))]))).toEqual(
      ['recipient-database', 'message-archive'].map((name) => ({
        step: 'erase-store',
        contractId,
        dataSetId: dataSetId(1),
        store: store(name),
      })),
    );
  });

  it('erases a store that is registered while it goes on', () => {
    const destroyed = [...frozen, ...events(ordered(1), keysDestroyed(1))];
    expect(effectsIn(reactionsTo([...destroyed, told(registered(1, 'export-folder'))]))).toMatchObject([
      { step: 'erase-store', store: { name: 'export-folder' } },
    ]);
  });

  it('erases a store that is registered between the order and the destruction with the others', () => {
    const inputs = [...frozen, ...events(ordered(1), registered(1, 'export-folder'), keysDestroyed(1))];
    expect(stepsIn(reactionsTo(inputs))).toEqual(['erase-store', 'erase-store', 'erase-store']);
    expect(stepsIn(reactionsTo(inputs.slice(0, -1)))).toEqual([]);
  });

  it('records a data set as deleted when the last store has answered, not before', () => {
    const oneOfTwo = [...frozen, ...events(ordered(1), keysDestroyed(1), erased(1, 'recipient-database'))];
    expect(reactionsTo(oneOfTwo)).toEqual([]);
    expect(effectsIn(reactionsTo([...oneOfTwo, told(erased(1, 'message-archive'))]))).toEqual([
      { step: 'delete-data-set', contractId, dataSetId: dataSetId(1) },
    ]);
  });

  it('destroys the key of the contract when nothing is left, and asks for the certificate after that', () => {
    const nothingLeft = [...frozen, ...events(...wholeDeletionOf(1))];
    expect(effectsIn(reactionsTo(nothingLeft))).toEqual([destroyContractKey]);
    expect(stepsIn(reactionsTo([...nothingLeft, done(destroyContractKey)]))).toEqual(['certify']);
  });

  it('of a contract without data goes straight to the contract key and the certificate', () => {
    const inputs = [told(concluded()), told(terminated), done(freeze)];
    expect(stepsIn(reactionsTo(inputs))).toEqual(['destroy-contract-key']);
    expect(effectsIn(reactionsTo([...inputs, done(destroyContractKey)]))).toMatchObject([
      { step: 'certify', dataSets: 0 },
    ]);
  });

  it('asks for the same certificate, whenever and however often it is asked for', () => {
    const nothingLeft = [...frozen, ...events(...wholeDeletionOf(1))];
    const at = (completedAt: string): Input => done(destroyContractKey, { completedAt });
    const first = reactionsTo([...nothingLeft, at(then)]);
    expect(first).toHaveLength(1);
    expect(reactionsTo([...nothingLeft, at(then), at('2026-04-09T00:00:00.000Z')])).toEqual(first);
    expect(reactionsTo([...nothingLeft, at(then), told(deleted(1), '2026-04-09T00:00:00.000Z')])).toEqual(
      first,
    );
  });

  it('does nothing about events of a contract that it was never told of', () => {
    for (const event of [terminated, entrusted(1), noticed(), ...wholeDeletionOf(1)]) {
      expect(reactionsTo([told(event)])).toEqual([]);
    }
  });

  it('does nothing about events of a data set that it was never told of', () => {
    for (const event of wholeDeletionOf(2)) {
      expect(reactionsTo([...frozen, told(event)])).toEqual([]);
    }
  });

  it('does nothing about effects that wait for a person, and about those whose results come back as events', () => {
    const [order] = effectsIn(reactionsTo(frozen));
    if (order === undefined) throw new Error('expected an order');
    expect(
      reactionsTo([...frozen, { kind: 'effect-parked', effect: order, parkedAt: then as never }]),
    ).toEqual([]);
    expect(reactionsTo([...frozen, done(order)])).toEqual([]);
  });
});
