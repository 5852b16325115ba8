import { dataSetEventCodec, dataSetStream, type DataSetEvent } from '@mandate/domain';
import { eventsToAppend, type EventStore, type Uuid } from '@mandate/event-sourcing';
import { dataSet } from './a-story';

/**
 * Records an entrusting as a command does that had read the contract before it ended, and was recorded after: the
 * one way in which data can come in late.
 */
export const entrustLate = async (store: EventStore, dataSetId: string): Promise<void> => {
  const event = { type: 'DataSetEntrusted', data: { ...dataSet, dataSetId } } as unknown as DataSetEvent;
  const commandId = dataSetId as Uuid;
  const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'late' };
  const events = eventsToAppend([dataSetEventCodec.encode(event)], metadata);
  await store.append(dataSetStream(dataSetId as never), 'no-stream', events);
};

/** A store in which something happens once, right after the first event of a type was recorded. */
export const rightAfter = (store: EventStore, type: string, happen: () => Promise<void>): EventStore => {
  let isDone = false;
  return {
    ...store,
    append: async (stream, expected, events) => {
      const result = await store.append(stream, expected, events);
      if (!isDone && events.some((event) => event.type === type)) {
        isDone = true;
        await happen();
      }
      return result;
    },
  };
};
