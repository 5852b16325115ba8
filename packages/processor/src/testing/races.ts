import { dataSetEventCodec, dataSetStream, type DataSetEvent } from '@mandate/domain';
import { eventsToAppend, type EventStore, type EventToAppend, type Uuid } from '@mandate/event-sourcing';
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

type Moment = (event: EventToAppend) => boolean;

/** When an event of a type is recorded. */
export const recording =
  (type: string): Moment =>
  (event) =>
    event.type === type;

/** When it is on record that a step will be done, and before it is. */
export const intending =
  (step: string): Moment =>
  ({ type, data }) =>
    type === 'EffectIntended' && JSON.stringify(data).includes(`"step":"${step}"`);

/** A store in which something happens once, right after a moment. */
export const rightAfter = (store: EventStore, isMoment: Moment, happen: () => Promise<void>): EventStore => {
  let isDone = false;
  return {
    ...store,
    append: async (stream, expected, events) => {
      const result = await store.append(stream, expected, events);
      if (!isDone && events.some(isMoment)) {
        isDone = true;
        await happen();
      }
      return result;
    },
  };
};
