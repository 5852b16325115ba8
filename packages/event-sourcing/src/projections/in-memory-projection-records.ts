import type { Position } from '../event-store/position';
import type { Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import type { Uuid } from '../values/uuid';
import {
  placeOfDocument,
  type Generation,
  type GenerationFailure,
  type GenerationId,
  type GenerationStatus,
  type ParkedEvent,
} from './projection-store';
import type { ProjectionRecords } from './projection-records';

interface Kept extends GenerationId {
  readonly version: number;
  status: GenerationStatus;
  isLive: boolean;
  epoch: number;
  position: Position | undefined;
  holder: Uuid | undefined;
  heldUntil: Instant | undefined;
  failure: GenerationFailure | undefined;
  /** As text, so that nobody changes a document that others read. */
  readonly documents: Map<string, string>;
  readonly parked: Map<string, ParkedEvent>;
}

const idOf = ({ name, generation }: GenerationId): string => `${name}/${generation}`;

const parse = (text: string | undefined): JsonObject | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as JsonObject);

const generationOf = ({
  documents: _,
  parked,
  position,
  holder,
  heldUntil,
  failure,
  ...rest
}: Kept): Generation => ({
  ...rest,
  ...(position === undefined ? {} : { position }),
  ...(holder === undefined ? {} : { holder }),
  ...(heldUntil === undefined ? {} : { heldUntil }),
  ...(failure === undefined ? {} : { failure: { ...failure } }),
  parked: [...parked.values()].map((event) => ({ ...event })),
});

/** Whether a batch may be written to it that begins there. */
const isAt = ({ status, position }: Kept, from: Position | undefined): boolean =>
  status !== 'paused' && position === from;

const byNameAndNumber = (left: Kept, right: Kept): number => {
  if (left.name !== right.name) return left.name < right.name ? -1 : 1;
  return left.generation - right.generation;
};

/** Keeps projections in memory. */
export const createInMemoryProjectionRecords = (): ProjectionRecords => {
  const all = new Map<string, Kept>();
  let lastEpoch = 0;

  /** The generation, if the caller is the one who may write to it. */
  const heldWith = (id: GenerationId, epoch: number): Kept | undefined => {
    const kept = all.get(idOf(id));
    return kept?.epoch === epoch ? kept : undefined;
  };

  const ofName = (name: string): readonly Kept[] => [...all.values()].filter((kept) => kept.name === name);

  return {
    generations: () => [...all.values()].toSorted(byNameAndNumber).map(generationOf),

    generationsOf: (name) => ofName(name).toSorted(byNameAndNumber).map(generationOf),

    create: ({ name, generation }, version) => {
      const id = { name, generation };
      if (all.has(idOf(id))) return false;
      all.set(idOf(id), {
        ...id,
        version,
        status: 'booting',
        isLive: false,
        epoch: 0,
        position: undefined,
        holder: undefined,
        heldUntil: undefined,
        failure: undefined,
        documents: new Map(),
        parked: new Map(),
      });
      return true;
    },

    claim: (id, { holder, now, until }) => {
      const kept = all.get(idOf(id));
      if (kept === undefined) return undefined;
      const isMine = kept.holder === holder;
      if (!isMine && kept.heldUntil !== undefined && now < kept.heldUntil) return undefined;
      if (!isMine) kept.epoch = lastEpoch += 1;
      Object.assign(kept, { holder, heldUntil: until });
      return generationOf(kept);
    },

    release: (id, epoch) => {
      const kept = heldWith(id, epoch);
      if (kept !== undefined) Object.assign(kept, { holder: undefined, heldUntil: undefined });
    },

    load: (id, keys) => keys.map((key) => parse(all.get(idOf(id))?.documents.get(placeOfDocument(key)))),

    commit: (id, { epoch, from, to, documents, parked, unparked, heldUntil }) => {
      const kept = heldWith(id, epoch);
      if (kept === undefined || !isAt(kept, from)) return false;
      const texts = documents.map(({ document }) => document && JSON.stringify(document));
      for (const [index, key] of documents.entries()) {
        const text = texts[index];
        if (text === undefined) kept.documents.delete(placeOfDocument(key));
        else kept.documents.set(placeOfDocument(key), text);
      }
      for (const partition of unparked) kept.parked.delete(partition);
      for (const event of parked) kept.parked.set(event.partition, { ...event });
      // Whoever has let go holds nobody up.
      Object.assign(kept, { position: to, heldUntil: kept.holder === undefined ? undefined : heldUntil });
      return true;
    },

    setStatus: (id, epoch, { from, to, failure }) => {
      const kept = heldWith(id, epoch);
      if (kept?.status !== from) return false;
      Object.assign(kept, { status: to, failure: failure === undefined ? undefined : { ...failure } });
      return true;
    },

    makeLive: (id, epoch) => {
      const kept = heldWith(id, epoch);
      if (kept === undefined || !['booting', 'active'].includes(kept.status)) return false;
      const others = ofName(kept.name);
      const isLater = (other: Kept): boolean => other.generation > kept.generation;
      if (others.some((other) => isLater(other) && other.isLive && other.status !== 'detached')) return false;
      for (const other of others) other.isLive = false;
      Object.assign(kept, { isLive: true, status: 'active', failure: undefined });
      return true;
    },

    remove: (id) => {
      if (all.get(idOf(id))?.isLive === true) return false;
      all.delete(idOf(id));
      return true;
    },

    read: (name, key) => {
      const live = ofName(name).find(({ isLive }) => isLive);
      if (live === undefined) return { state: 'unknown' };
      const parked = live.parked.get(key.partition);
      if (parked !== undefined) return { state: 'parked', parked: { ...parked } };
      const { position } = live;
      const document = parse(live.documents.get(placeOfDocument(key)));
      return document === undefined ? { state: 'absent', position } : { state: 'found', document, position };
    },

    stepDown: (name) => {
      for (const kept of ofName(name).filter(({ isLive }) => isLive)) {
        Object.assign(kept, { isLive: false, status: kept.status === 'active' ? 'booting' : kept.status });
      }
    },
  };
};
