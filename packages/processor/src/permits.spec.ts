import { describe, expect, it } from '@jest/globals';
import { createFaultStore } from '@mandate/event-sourcing/testing';
import type { Permit } from '@mandate/read-models';
import { setTimeout } from 'node:timers/promises';
import type { PermitResult } from './permits';
import { accept, aService, endOfTheStory } from './testing/a-service';
import { by, ids, instruction, notice, sending } from './testing/a-story';
import { permitsBeside, staleAfterMs } from './testing/permits-beside';

const withdrawal = {
  contractId: ids.contract,
  instructionId: ids.instruction,
  effectiveAt: '2026-01-02T10:00:00.000Z',
  issuerId: ids.issuer,
  withdrawal: { ...instruction.content.evidence, digest: 'e'.repeat(64) },
} as const;

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await setTimeout(1);
};

const given = (answer: PermitResult): Permit => {
  if (answer.decision === 'deny') throw new Error('expected a permit');
  return answer;
};

describe('a permit', () => {
  it('is given for what is instructed, with the clause and the place that it rests on', async () => {
    const { permits, read } = permitsBeside(await aService());
    await read();
    expect(permits.allows(sending)).toBe(true);
    const permit = given(permits.ask(sending));
    expect(permit.bases).toMatchObject([
      { kind: 'instruction', instructionId: ids.instruction, category: 'recipient-contact' },
      { kind: 'instruction', instructionId: ids.instruction, category: 'message-content' },
    ]);
    expect(permits.holds(permit)).toBe(true);
  });

  it('is refused with every reason', async () => {
    const { permits, read } = permitsBeside(await aService());
    await read();
    expect(permits.ask({ ...sending, channel: 'sms' })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'not-instructed' }, { code: 'not-instructed' }],
    });
  });

  it('ends with the contract, to the millisecond, though no event comes', async () => {
    const service = await aService();
    await accept(service.processor.contracts.giveTerminationNotice(notice, by));
    const { permits, read } = permitsBeside(service);
    await read();
    const permit = given(permits.ask(sending));
    const lastMs = Date.parse(endOfTheStory) - 1;
    const heldAt = [lastMs, lastMs + 1].map((atMs) => {
      service.surroundings.clock.moveTo(new Date(atMs).toISOString());
      return [permits.holds(permit), permits.allows(sending)];
    });
    expect(heldAt).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('holds no longer once the withdrawal that another process recorded was read', async () => {
    const service = await aService();
    const { permits, read } = permitsBeside(service);
    await read();
    const permit = given(permits.ask(sending));
    await accept(service.processor.instructions.withdraw(withdrawal, by));
    await read();
    expect([permits.holds(permit), permits.allows(sending)]).toEqual([false, false]);
  });
});

describe('what was read too long ago', () => {
  it('denies everything, also what is held, and to the millisecond', async () => {
    const { permits, read, wait } = permitsBeside(await aService());
    expect(permits.ask(sending)).toMatchObject({ explanations: [{ code: 'scope-not-current' }] });
    await read();
    const permit = given(permits.ask(sending));
    wait(staleAfterMs - 1);
    expect([permits.holds(permit), permits.allows(sending)]).toEqual([true, true]);
    wait(1);
    expect([permits.holds(permit), permits.allows(sending)]).toEqual([false, false]);
    expect(permits.ask(sending)).toMatchObject({ explanations: [{ code: 'scope-not-current' }] });
    await read();
    // Nothing has changed: the same permit is as good as before.
    expect([permits.holds(permit), permits.allows(sending)]).toEqual([true, true]);
  });

  it('stays what answers rest on while the store cannot be read, and no longer than it may', async () => {
    const service = await aService();
    const failing = createFaultStore(service.surroundings.eventStore, {
      faults: [{ call: 2, operation: 'readAll', fault: 'fail-before' }],
    });
    const { permits, read, wait } = permitsBeside(service, failing);
    await read();
    wait(staleAfterMs - 1);
    await expect(read()).rejects.toThrow();
    expect(permits.allows(sending)).toBe(true);
    wait(1);
    expect(permits.allows(sending)).toBe(false);
  });
});

describe('keeping current', () => {
  it('refuses what is no time to wait', async () => {
    const { permits } = permitsBeside(await aService());
    const { signal } = new AbortController();
    for (const intervalMs of [NaN, 0, -1]) {
      await expect(permits.keepCurrent({ signal, intervalMs })).rejects.toThrow(RangeError);
    }
  });

  it('reads on until it is told to stop, and tells of what failed', async () => {
    const service = await aService();
    const failing = createFaultStore(service.surroundings.eventStore, {
      faults: [{ call: 1, operation: 'readAll', fault: 'fail-before' }],
    });
    const { permits } = permitsBeside(service, failing);
    const stop = new AbortController();
    const errors: unknown[] = [];
    const kept = permits.keepCurrent({
      signal: stop.signal,
      intervalMs: 1,
      onError: (error) => errors.push(error),
    });
    await until(() => permits.allows(sending));
    await accept(service.processor.instructions.withdraw(withdrawal, by));
    await until(() => !permits.allows(sending));
    stop.abort();
    await kept;
    expect(errors).toHaveLength(1);
  });
});
