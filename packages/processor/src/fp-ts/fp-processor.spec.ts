import { describe, expect, it } from '@jest/globals';
import { isLeft, isRight } from 'fp-ts/Either';
import { startProcessor } from '../testing/a-processor';
import { aService } from '../testing/a-service';
import { by, conclusion, ids, notice, sending } from '../testing/a-story';
import { fpProcessor } from './fp-processor';

describe('a processor for fp-ts', () => {
  it('has the same calls', async () => {
    const { processor } = await aService();
    const fp = fpProcessor(processor);
    for (const group of ['contracts', 'instructions', 'dataSets'] as const) {
      expect(Object.keys(fp[group])).toEqual(Object.keys(processor[group]));
    }
  });

  it('answers right what was accepted, as the processor itself does', async () => {
    const { processor } = await aService();
    const options = { ...by, commandId: 'c0ffee00-0000-4000-8000-000000000001' };
    const given = await fpProcessor(processor).contracts.giveTerminationNotice(notice, options)();
    expect(isRight(given) && given.right).toEqual(
      await processor.contracts.giveTerminationNotice(notice, options),
    );
  });

  it('answers left what was refused, and what could not be understood', async () => {
    const { processor } = await aService();
    const { contracts } = fpProcessor(processor);
    const refused = await contracts.conclude(conclusion, by)();
    expect(isLeft(refused) && refused.left).toEqual(await processor.contracts.conclude(conclusion, by));
    const invalid = await contracts.conclude({ ...conclusion, contractId: '1' }, by)();
    expect(isLeft(invalid) && invalid.left).toMatchObject({
      outcome: 'invalid',
      issues: [{ path: 'contractId' }],
    });
  });

  it('does nothing until it is run, and the same again when it is run again', async () => {
    const { processor } = await aService();
    const task = fpProcessor(processor).contracts.giveTerminationNotice(notice, by);
    const choose = { contractId: ids.contract, withdrawal: notice.notice };
    expect(await processor.contracts.withdrawTerminationNotice(choose, by)).toMatchObject({
      outcome: 'refused',
    });
    expect(isRight(await task())).toBe(true);
    expect(await task()).toMatchObject({ left: { code: 'notice-already-given' } });
  });

  it('answers right what is allowed, left what is denied or cannot be understood', async () => {
    const { processor } = await aService();
    const { decide } = fpProcessor(processor);
    expect(await decide(sending)()).toMatchObject({ _tag: 'Right', right: { decision: 'allow' } });
    expect(await decide({ ...sending, channel: 'sms' })()).toMatchObject({
      _tag: 'Left',
      left: { decision: 'deny' },
    });
    expect(await decide(sending, { validAt: 'now' })()).toMatchObject({
      _tag: 'Left',
      left: { outcome: 'invalid' },
    });
  });

  it('answers right what is explained or found, left what cannot be', async () => {
    const { processor } = await aService();
    const { explain, scopeAt } = fpProcessor(processor);
    expect(await explain({ ...sending, channel: 'sms' })()).toMatchObject({
      _tag: 'Right',
      right: { explanation: { decision: 'deny' } },
    });
    expect(await explain(sending, { validAt: 'now' })()).toMatchObject({ _tag: 'Left' });
    expect(await scopeAt(ids.contract)()).toMatchObject({ _tag: 'Right', right: { outcome: 'found' } });
    expect(await scopeAt(ids.dataSet)()).toMatchObject({ _tag: 'Left', left: { outcome: 'not-found' } });
    const failing = { ...processor, scopeAt: () => Promise.reject(new Error('unreachable')) };
    expect(await fpProcessor(failing).scopeAt(ids.contract)()).toMatchObject({ _tag: 'Left' });
  });

  it('answers left a fault, also one that is no error', async () => {
    const { surroundings } = await aService();
    const faults: readonly (readonly [Error, string])[] = [
      [new Error('unreachable'), 'unreachable'],
      ['unreachable' as unknown as Error, 'unknown fault'],
    ];
    for (const [fault, message] of faults) {
      const readStream = (): Promise<never> => Promise.reject(fault);
      const eventStore = { ...surroundings.eventStore, readStream };
      const { contracts } = fpProcessor(startProcessor({ ...surroundings, eventStore }, {}));
      const failed = await contracts.giveTerminationNotice(notice, by)();
      expect(isLeft(failed) && failed.left).toMatchObject({ message });
    }
    const decide = (): Promise<never> => Promise.reject(new Error('unreachable'));
    const { processor } = await aService();
    const denied = await fpProcessor({ ...processor, decide }).decide(sending)();
    expect(isLeft(denied) && denied.left).toMatchObject({ message: 'unreachable' });
  });
});
