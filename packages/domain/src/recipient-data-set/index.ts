import type { Decider } from '@mandate/event-sourcing';
import type { DataSetCommand } from './commands';
import { decide } from './decide';
import type { DataSetFacts } from './decision';
import type { DataSetEvent } from './events';
import type { DataSetRejection } from './rejections';
import { evolve, initialDataSet, type RecipientDataSet } from './state';

/** The recipients' data entrusted under a contract, as a decider. */
export const recipientDataSet: Decider<
  DataSetCommand,
  RecipientDataSet,
  DataSetEvent,
  DataSetRejection,
  DataSetFacts
> = { initialState: initialDataSet, decide, evolve };

export { dataSetCommandCodecs } from './command-codec';
export type * from './commands';
export type { DataSetFacts } from './decision';
export { dataSetEventCodec } from './event-codec';
export type * from './events';
export { erasureReceipt, registeredStore } from './receipt';
export type { ErasureReceipt, RegisteredStore } from './receipt';
export { explainDataSetRejection } from './rejections';
export type { DataSetRejection } from './rejections';
export type { DataSetRecord, DeletionProgress, RecipientDataSet, RecordedBatches } from './state';
