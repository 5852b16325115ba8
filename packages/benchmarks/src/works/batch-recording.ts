import { left, right } from 'fp-ts/Either';
import {
  createCommandHandler,
  type CommandRequest,
  type Decider,
  type EventStore,
  type JsonObject,
} from '@mandate/event-sourcing';
import { dataSetEventCodec, type DataSetEvent } from '@mandate/domain';
import { sampleUuid } from '../sample/sample-events';

/** Puts one more batch on record, unless there are too many already. */
export interface RecordBatch {
  readonly data: JsonObject;
}

interface TooMany {
  readonly reason: 'too-many-batches';
}

const batchesMax = 100;

/** How many batches there are; both sides decide alike. */
export const mayRecord = (batches: number): boolean => batches < batchesMax;

// As small as a decision can be, since the limit decides by hand: what is compared is the way there and back.
const batches: Decider<RecordBatch, number, DataSetEvent, TooMany, undefined> = {
  initialState: 0,
  decide: ({ data }, recorded) =>
    mayRecord(recorded)
      ? right([{ type: 'ProcessingRecorded', data } as unknown as DataSetEvent])
      : left({ reason: 'too-many-batches' }),
  evolve: (recorded) => recorded + 1,
};

/** Records a batch the way everything is recorded here: load, decide, append. */
export const batchHandlerOn = (
  store: EventStore,
): ((request: CommandRequest<RecordBatch, undefined>) => Promise<{ readonly outcome: string }>) =>
  createCommandHandler({ store, decider: batches, codec: dataSetEventCodec });

export const batchRequest = (
  stream: string,
  number: number,
  data: JsonObject,
): CommandRequest<RecordBatch, undefined> => {
  const commandId = sampleUuid('command', number);
  return {
    stream,
    command: { data },
    facts: () => undefined,
    metadata: { commandId, correlationId: commandId, causationId: commandId, actor: 'platform' },
  };
};
