import fc, { type Arbitrary } from 'fast-check';
import * as t from 'io-ts';
import { eventCodec } from '../codecs/event-codec';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import type { Position } from '../event-store/position';
import type { ProjectedEvent, Projection } from '../projections/projection';
import { recordCodec } from '../codecs/record-codec';
import { newEvent } from './conformance/events';

/** Somebody noted a number. */
export interface Noted {
  readonly type: 'Noted';
  readonly data: { readonly number: number };
}

export const notedCodec = eventCodec<Noted>({
  Noted: { data: recordCodec<Noted['data']>('Noted', { number: t.number }) },
});

/** The numbers by stream, in the order in which they were noted. */
export type Notes = Record<string, readonly number[]>;

export const unlucky = 13;

/** A projection that can be read back completely: every number, in order, by stream. */
export const notes: Projection<Notes, Noted> = {
  name: 'notes',
  version: 1,
  codec: notedCodec,
  initialState: () => ({}),
  handle: (state, { event, stream }: ProjectedEvent<Noted>) => {
    if (event.data.number === unlucky) throw new RangeError(`no luck with ${unlucky}`);
    state[stream] = [...(state[stream] ?? []), event.data.number];
    return state;
  },
  partitionOf: (event: RecordedEvent) => event.stream,
};

/** What a test writes: a note that can be read, one that cannot, one that cannot be handled, something else. */
export type Entry = 'readable' | 'unreadable' | 'unlucky' | 'unwanted';

export interface Writing {
  readonly stream: string;
  readonly entries: readonly Entry[];
}

export const dataOf = (entry: Entry, number: number): { type: string; data: { number: number | string } } => {
  switch (entry) {
    case 'readable':
      return { type: 'Noted', data: { number } };
    case 'unreadable':
      return { type: 'Noted', data: { number: 'anna@example.com' } };
    case 'unlucky':
      return { type: 'Noted', data: { number: unlucky } };
    case 'unwanted':
      return { type: 'Other', data: { number } };
  }
};

/** Writes to a store, every event with a number of its own, from 100 on. */
export const createWriter = (store: EventStore): ((writing: Writing) => Promise<Position>) => {
  const versions = new Map<string, number>();
  let number = 99;
  return async ({ stream, entries }) => {
    const version = versions.get(stream) ?? 0;
    const events = entries.map((entry) => newEvent(dataOf(entry, (number += 1))));
    versions.set(stream, version + events.length);
    return (await store.append(stream, version, events)).position;
  };
};

const streams = fc.constantFrom('a', 'b', 'c');

/** Random histories of a few streams; with `poison`, some events cannot be read or handled. */
export const writings = (poison: 'with poison' | 'without poison'): Arbitrary<readonly Writing[]> => {
  const entry = fc.oneof<{ weight: number; arbitrary: Arbitrary<Entry> }[]>(
    { weight: 8, arbitrary: fc.constant('readable') },
    { weight: 1, arbitrary: fc.constant('unwanted') },
    {
      weight: poison === 'with poison' ? 1 : 0,
      arbitrary: fc.constantFrom<Entry[]>('unreadable', 'unlucky'),
    },
  );
  return fc.array(fc.record({ stream: streams, entries: fc.array(entry, { minLength: 1, maxLength: 4 }) }), {
    maxLength: 12,
  });
};

/** A store whose pages of the log hold so few events. */
export const withPagesOf = (store: EventStore, limit: number): Pick<EventStore, 'readAll'> => ({
  readAll: (options) => store.readAll({ ...options, limit }),
});
