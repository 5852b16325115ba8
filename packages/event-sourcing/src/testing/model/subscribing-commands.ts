import fc, { type Arbitrary } from 'fast-check';
import { filter, which, wordsOf, type Through } from './choices';
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
