import { setImmediate as nextTurn } from 'node:timers/promises';
import fc, { type Arbitrary } from 'fast-check';
import { expectAppend, newEvents } from './appending-commands';
import { filter, stream, which, wordsOf, type Through } from './choices';
import { commandOf, type StoreCommand } from './store-command';
import { Subscriber } from './subscriber';

const subscribersMax = 4;

export const subscribe = (through: Through): Arbitrary<StoreCommand> =>
  fc.record({ start: which, filter, through }).map(({ start, filter: wanted, through: handle }) =>
    commandOf({
      title: `subscribe${wordsOf(wanted)} from event ${start}`,
      through: handle,
      run: async ({ history, stores, store }) => {
        const { patienceMs, subscribers } = stores;
        const options = {
          history,
          filter: wanted,
          start: history.startOf(start),
          through: handle,
          patienceMs,
        };
        // The oldest one makes place, so that a long history does not grow without end.
        if (subscribers.length >= subscribersMax) await subscribers.shift()?.cancel('signal');
        subscribers.push(new Subscriber(store, options));
      },
    }),
  );

const ofSubscriber = (
  words: string,
  work: (subscriber: Subscriber) => Promise<unknown>,
): Arbitrary<StoreCommand> =>
  which.map((number) =>
    commandOf({
      title: `subscriber ${number} ${words}`,
      through: 0,
      run: async ({ stores: { subscribers } }) => {
        const subscriber = subscribers[number % Math.max(1, subscribers.length)];
        if (subscriber !== undefined) await work(subscriber);
      },
    }),
  );

export const askForMore = ofSubscriber('asks for more, without waiting', (subscriber) => {
  subscriber.ask();
  return Promise.resolve();
});

export const readOne = ofSubscriber('takes a batch', (subscriber) => subscriber.readOne());

export const readToHead = ofSubscriber('reads to the head', (subscriber) => subscriber.readToHead());

/** A subscriber that sleeps, since there is nothing for it, is woken by an append, through whichever handle. */
export const appendWhileAsleep = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(which, stream, through).map(([number, name, handle]) =>
    commandOf({
      title: `append 3 events (A, B, C) to ${name} while subscriber ${number} waits`,
      through: handle,
      isPossible: (history) => !history.isErased(name),
      run: async (context) => {
        const { history, stores } = context;
        const subscriber = stores.subscribers[number % Math.max(1, stores.subscribers.length)];
        await subscriber?.readToHead();
        subscriber?.ask();
        for (let turn = 0; turn < 3; turn += 1) await nextTurn();
        const events = newEvents(history, ['A', 'B', 'C'], 'awake');
        await expectAppend(context, { stream: name, expected: history.versionOf(name), events });
        await subscriber?.readToHead();
      },
    }),
  );

export const cancel: Arbitrary<StoreCommand> = fc
  .tuple(which, fc.constantFrom('signal' as const, 'leave' as const))
  .map(([number, how]) =>
    commandOf({
      title: how === 'signal' ? `the signal stops subscriber ${number}` : `subscriber ${number} leaves`,
      through: 0,
      run: async ({ stores: { subscribers } }) => {
        const [subscriber] = subscribers.splice(number % Math.max(1, subscribers.length), 1);
        await subscriber?.cancel(how);
      },
    }),
  );
