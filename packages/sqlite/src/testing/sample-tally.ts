import * as t from 'io-ts';
import {
  eventCodec,
  recordCodec,
  type DocumentProjection,
  type EventStore,
  type JsonObject,
} from '@mandate/event-sourcing';

/** Somebody noted a number. */
interface Noted {
  readonly type: 'Noted';
  readonly data: { readonly number: number };
}

interface Tally extends JsonObject {
  readonly numbers: readonly number[];
}

export const unlucky = 13;

/** A projection that can be read back completely: the numbers of a stream, in order, and apart those that are even. */
export const tallyProjection: DocumentProjection<Tally, Noted> = {
  name: 'tally',
  version: 1,
  codec: eventCodec<Noted>({
    Noted: { data: recordCodec<Noted['data']>('Noted', { number: t.number }) },
  }),
  partitionOf: ({ stream }) => stream,
  keysOf: ({ event }) => (event.data.number % 2 === 0 ? ['all', 'even'] : ['all']),
  evolve: (document, { event: { data } }) => {
    if (data.number === unlucky) throw new RangeError('no luck');
    return { numbers: [...(document?.numbers ?? []), data.number] };
  },
};

const dataOfStream = async (events: EventStore, stream: string): Promise<readonly JsonObject[]> => {
  const all: JsonObject[] = [];
  for (let after = 0; ;) {
    const page = await events.readStream(stream, { after });
    all.push(...page.events.filter(({ type }) => type === 'Noted').map(({ data }) => data));
    if (page.atEnd) return all;
    after = page.next;
  }
};

/** What a projection that read everything in one go would know of a stream. */
export const expectedNumbers = async (
  events: EventStore,
  stream: string,
  key: 'all' | 'even',
): Promise<unknown> => {
  const found = (await dataOfStream(events, stream)).map(({ number }) => number);
  const numbers = found.filter((number) => typeof number === 'number' && number !== unlucky).map(Number);
  if (numbers.length < found.length) return 'parked';
  const wanted = numbers.filter((number) => key === 'all' || number % 2 === 0);
  return wanted.length === 0 ? 'absent' : wanted;
};
