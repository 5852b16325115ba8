import {
  EventStoreError,
  isInstant,
  isRecord,
  isUuid,
  type Generation,
  type GenerationFailure,
  type GenerationStatus,
  type JsonObject,
  type ParkedEvent,
  type Position,
} from '@mandate/event-sourcing';
import { textOf } from './stored-text';

/** Where a row belongs, as far as it can be told. */
export interface RowPlace {
  readonly name: unknown;
  readonly position: unknown;
}

/** A row of the table `projection_generation`: what the columns should hold, and what may have become of it. */
export interface GenerationRow extends RowPlace {
  readonly id: number;
  readonly generation: number;
  readonly version: number;
  readonly status: unknown;
  readonly isLive: number;
  readonly epoch: number;
  readonly holder: unknown;
  readonly heldUntil: unknown;
  readonly failureCode: unknown;
  readonly failureAttempts: unknown;
  readonly failureRetryAt: unknown;
}

export const generationColumns =
  'id, name, generation, version, status, is_live AS isLive, position, epoch, holder, held_until AS heldUntil, ' +
  'failure_code AS failureCode, failure_attempts AS failureAttempts, failure_retry_at AS failureRetryAt';

/** A row of the table `projection_parked_event`. */
export interface ParkedEventRow {
  readonly generationId: number;
  readonly partition: unknown;
  readonly position: unknown;
  readonly after: unknown;
  readonly stream: unknown;
  readonly type: unknown;
  readonly reason: unknown;
  readonly held: number;
}

export const parkedEventColumns =
  'generation_id AS generationId, partition, position, after, stream, type, reason, held';

/** What a projection is, in the words of an error that is made for events. */
const corrupt = ({ name, position }: RowPlace, what: string, reason: string): EventStoreError =>
  new EventStoreError({
    kind: 'corrupt',
    position: textOf(position) ?? 'none',
    stream: `projection ${textOf(name) ?? 'of no known name'}`,
    type: what,
    reason,
  });

const statuses: Readonly<Record<GenerationStatus, true>> = {
  booting: true,
  active: true,
  paused: true,
  error: true,
  detached: true,
};

const isStatus = (found: unknown): found is GenerationStatus =>
  typeof found === 'string' && Object.hasOwn(statuses, found);

const isCount = (found: unknown): found is number => Number.isSafeInteger(found) && Number(found) >= 0;

/** Finds out what is wrong with one generation, piece by piece. */
const readerOf = (row: GenerationRow) => {
  const refuse = (reason: string): never => {
    throw corrupt(row, 'a generation', reason);
  };
  return {
    text: (found: unknown, what: string): string => textOf(found) ?? refuse(`its ${what} is no text of ours`),
    position: (): Pick<Generation, 'position'> => {
      if (row.position === null) return {};
      return { position: (textOf(row.position) ?? refuse('its position is no text of ours')) as Position };
    },
    holding: (): Pick<Generation, 'holder' | 'heldUntil'> => {
      const { holder, heldUntil } = row;
      if (holder === null && heldUntil === null) return {};
      return isUuid(holder) && isInstant(heldUntil)
        ? { holder, heldUntil }
        : refuse('it is not known who holds it, and until when');
    },
    failure: (): { readonly failure?: GenerationFailure } => {
      const { failureCode, failureAttempts: attempts, failureRetryAt: retryAt } = row;
      if (failureCode === null && attempts === null && retryAt === null) return {};
      const code = textOf(failureCode);
      return code !== undefined && isCount(attempts) && isInstant(retryAt)
        ? { failure: { code, attempts, retryAt } }
        : refuse('its failure is incomplete');
    },
    status: (): GenerationStatus => (isStatus(row.status) ? row.status : refuse('its status is none')),
    isLive: (): boolean =>
      row.isLive === 0 || row.isLive === 1 ? row.isLive === 1 : refuse('it is neither live nor not'),
    count: (found: number, what: string): number =>
      isCount(found) ? found : refuse(`its ${what} is no count`),
  };
};

/** Turns a row into a generation. One that this package cannot have written is `corrupt`. */
export const generationOf = (row: GenerationRow, parked: readonly ParkedEventRow[]): Generation => {
  const read = readerOf(row);
  return {
    name: read.text(row.name, 'name'),
    generation: read.count(row.generation, 'number'),
    version: read.count(row.version, 'version'),
    status: read.status(),
    isLive: read.isLive(),
    epoch: read.count(row.epoch, 'epoch'),
    ...read.position(),
    ...read.holding(),
    ...read.failure(),
    parked: parked.map((each) => parkedEventOf(row, each)),
  };
};

/** Turns a row into a parked event. */
export const parkedEventOf = (place: RowPlace, row: ParkedEventRow): ParkedEvent => {
  const text = (found: unknown, what: string): string => {
    const given = textOf(found);
    if (given === undefined) throw corrupt(place, 'a parked event', `its ${what} is no text of ours`);
    return given;
  };
  if (!isCount(row.held)) throw corrupt(place, 'a parked event', 'it is not known how many wait behind it');
  return {
    partition: text(row.partition, 'partition'),
    position: text(row.position, 'position') as Position,
    ...(row.after === null ? {} : { after: text(row.after, 'place') as Position }),
    stream: text(row.stream, 'stream'),
    type: text(row.type, 'type'),
    reason: text(row.reason, 'reason'),
    held: row.held,
  };
};

/** Turns what is kept of a document into the document. */
export const documentOf = (place: RowPlace, stored: unknown): JsonObject => {
  try {
    const document: unknown = JSON.parse(String(stored));
    if (isRecord(document)) return document as JsonObject;
  } catch {
    // Said below, without the words of JSON.parse, which would quote the document.
  }
  throw corrupt(place, 'a document', 'it is not a JSON object');
};
