import type { DeletionEvent } from '@mandate/deletion';
import type { Position, RecordedEvent } from '@mandate/event-sourcing';
import type { World } from './world';

/** What is on record, by an independent count. */
export interface Seen {
  readonly ended: ReadonlySet<string>;
  readonly ordered: ReadonlySet<string>;
  readonly keysDestroyed: ReadonlySet<string>;
  /** Stores by data set. */
  readonly erased: ReadonlyMap<string, ReadonlySet<string>>;
  readonly deleted: ReadonlySet<string>;
  readonly events: readonly RecordedEvent[];
}

export const readLog = async ({
  eventStore,
}: Pick<World, 'eventStore'>): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let after: Position | undefined; ;) {
    const page = await eventStore.readAll({ after });
    events.push(...page.events);
    after = page.next;
    if (page.atHead) return events;
  }
};

const idsIn = (
  events: readonly RecordedEvent[],
  type: DeletionEvent['type'],
  field: string,
): ReadonlySet<string> =>
  new Set(events.filter((event) => event.type === type).map(({ data }) => data[field] as string));

export const lookAtLog = async (world: World): Promise<Seen> => {
  const events = await readLog(world);
  const erased = new Map<string, Set<string>>();
  for (const { type, data } of events) {
    if (type !== 'StoreErased') continue;
    const dataSetId = data['dataSetId'] as string;
    erased.set(dataSetId, (erased.get(dataSetId) ?? new Set()).add(data['store'] as string));
  }
  return {
    ended: idsIn(events, 'ContractTerminated', 'contractId'),
    ordered: idsIn(events, 'DeletionOrdered', 'dataSetId'),
    keysDestroyed: idsIn(events, 'KeysDestroyed', 'dataSetId'),
    erased,
    deleted: idsIn(events, 'DataSetDeleted', 'dataSetId'),
    events,
  };
};
