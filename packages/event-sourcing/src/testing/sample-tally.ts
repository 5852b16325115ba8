import type { JsonObject } from '../values/json';
import type { AnyDocumentProjection, DocumentProjection } from '../projections/document-projection';
import { notedCodec, unlucky, type Noted } from './sample-notes';

/** The numbers of a stream, in the order in which they were noted, and separately those that are even. */
export interface Tally extends JsonObject {
  readonly numbers: readonly number[];
}

/** A projection that can be read back completely: what was applied, in order, by stream. */
export const tallyProjection: DocumentProjection<Tally, Noted> = {
  name: 'tally',
  version: 1,
  codec: notedCodec,
  partitionOf: ({ stream }) => stream,
  keysOf: ({ event }) => (event.data.number % 2 === 0 ? ['all', 'even'] : ['all']),
  evolve: (tally, { event: { data } }) => {
    if (data.number === unlucky) throw new RangeError(`no luck with ${unlucky}`);
    return { numbers: [...(tally?.numbers ?? []), data.number] };
  },
};

/** The same under another version, or with something changed. */
export const tallyWith = (changes: Partial<typeof tallyProjection> = {}): AnyDocumentProjection => ({
  ...tallyProjection,
  ...changes,
});
