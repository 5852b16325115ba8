import fc, { type Arbitrary } from 'fast-check';
import { left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { CommandRequest } from '../command-handling/command-handler';
import type { Decider } from '../command-handling/decider';
import { eventCodec } from '../codecs/event-codec';
import { recordCodec } from '../codecs/record-codec';
import { derivedUuid, type Uuid } from '../values/uuid';

/** Something was put on the account. */
export interface Added {
  readonly type: 'Added';
  readonly data: {
    readonly amount: number;
    /** The total that the decision saw, by which a test tells what it was made on. */
    readonly seen: number;
    /** What the moment supplied, by which a test tells whose decision it was. */
    readonly fact: number;
  };
}

/** Adds these amounts, each as an event of its own, if the total stays within the limit. */
export interface Add {
  readonly amounts: readonly number[];
}

export interface LimitReached {
  readonly reason: 'limit-reached';
  readonly total: number;
}

const limit = 20;

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** A decider whose events say what they were decided on; its state is the total. */
export const account: Decider<Add, number, Added, LimitReached, number> = {
  initialState: 0,
  decide: ({ amounts }, total, fact) =>
    total + sumOf(amounts) > limit
      ? left({ reason: 'limit-reached', total })
      : right(amounts.map((amount) => ({ type: 'Added', data: { amount, seen: total, fact } }))),
  evolve: (total, { data }) => total + data.amount,
};

export const accountCodec = eventCodec<Added>({
  Added: {
    data: recordCodec<Added['data']>('Added', { amount: t.number, seen: t.number, fact: t.number }),
  },
});

const namespace = '00000000-0000-4000-8000-000000000000' as Uuid;

/** The command id of that number. */
export const commandIdOf = (number: number): Uuid => derivedUuid(`command ${number}`, namespace);

export type AddRequest = CommandRequest<Add, number>;

/** A request whose facts are given, and that bears the command id of that number. */
export const addRequest = (
  number: number,
  amounts: readonly number[],
  facts: AddRequest['facts'] = () => number,
): AddRequest => {
  const commandId = commandIdOf(number);
  return {
    stream: 'account-1',
    command: { amounts },
    facts,
    metadata: { commandId, correlationId: commandId, causationId: commandId, actor: 'tester' },
  };
};

/** A few commands, some of which fill the account, some of which ask for nothing. */
export const additions: Arbitrary<readonly (readonly number[])[]> = fc.array(
  fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  { minLength: 1, maxLength: 6 },
);
