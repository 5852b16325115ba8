import { createInMemoryProjection, type EventStore, type Projection } from '@mandate/event-sourcing';
import { mandateEventCodec, type MandateEvent } from '@mandate/domain';
import type { SqliteDatabase } from '@mandate/sqlite';

/** What both sides fold: how many events there are, and what was processed of each data set. */
export interface Totals {
  events: number;
  readonly operations: Map<string, number>;
}

const noTotals = (): Totals => ({ events: 0, operations: new Map() });

const add = ({ operations }: Totals, dataSet: string, count: number): void => {
  operations.set(dataSet, (operations.get(dataSet) ?? 0) + count);
};

/** The whole history, every event strictly decoded. */
const totals: Projection<Totals, MandateEvent> = {
  name: 'totals',
  version: 1,
  codec: mandateEventCodec,
  initialState: noTotals,
  handle: (state, { event }) => {
    state.events += 1;
    if (event.type === 'ProcessingRecorded') add(state, event.data.dataSetId, event.data.operations);
    return state;
  },
  partitionOf: ({ stream }) => stream,
};

/** Replays through the store, the codec and a projection. */
export const replayOurs = async (store: EventStore): Promise<Totals> => {
  const projection = createInMemoryProjection(store, totals);
  await projection.catchUp();
  return projection.state();
};

interface BareEvent {
  readonly place: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

interface BareData {
  readonly dataSetId: string;
  readonly operations: number;
}

const pageSize = 1000;

/** Replays with nothing but the driver: pages of the same rows, the JSON parsed, the same fold. */
export const replayBare = (database: SqliteDatabase): Totals => {
  const select = database.prepare(
    `SELECT place, stream, version, event_id AS eventId, type, schema_version AS schemaVersion,
        recorded_at AS recordedAt, data, metadata
      FROM event WHERE place > ? ORDER BY place LIMIT ?`,
  );
  const state = noTotals();
  let place = 0;
  for (;;) {
    const rows = select.all(place, pageSize) as readonly BareEvent[];
    for (const row of rows) {
      const data = JSON.parse(row.data) as BareData;
      state.events += 1;
      if (row.type === 'ProcessingRecorded') add(state, data.dataSetId, data.operations);
      place = row.place;
    }
    if (rows.length < pageSize) return state;
  }
};
