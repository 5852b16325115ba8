import type { DataSetCommand, DataSetEvent, DataSetRejection } from '@mandate/domain';
import type { CommandOptions, CommandResult } from './outcome';
import type { Written } from './written';

type Input<Type extends DataSetCommand['type']> = Written<Extract<DataSetCommand, { type: Type }>['data']>;
type Result = Promise<CommandResult<DataSetEvent, DataSetRejection>>;

/** What becomes of entrusted recipients' data. Deleting it is the deletion process's own business. */
export interface DataSetCommands {
  /** The controller hands over recipients' data; every store that will hold it is named. */
  readonly entrust: (input: Input<'EntrustDataSet'>, options: CommandOptions) => Result;
  readonly addRecipients: (input: Input<'AddRecipients'>, options: CommandOptions) => Result;
  readonly removeRecipients: (input: Input<'RemoveRecipients'>, options: CommandOptions) => Result;
  /** Another place will hold data of the set: an export, a copy, a log. */
  readonly registerStore: (input: Input<'RegisterStore'>, options: CommandOptions) => Result;
  /** Puts a batch of processing on record, with the instruction it rested on (Art. 30(2)). */
  readonly recordProcessing: (input: Input<'RecordProcessing'>, options: CommandOptions) => Result;
  /** Processing is restricted: the data may only be stored (Art. 18). */
  readonly restrict: (input: Input<'RestrictDataSet'>, options: CommandOptions) => Result;
  readonly unrestrict: (input: Input<'UnrestrictDataSet'>, options: CommandOptions) => Result;
  /** The controller takes the data set back from a day on; it is then returned or deleted, while the contract goes on. */
  readonly withdraw: (input: Input<'WithdrawDataSet'>, options: CommandOptions) => Result;
  /** Records that one recipient was erased, on a request that the controller forwarded. */
  readonly eraseRecipient: (input: Input<'EraseRecipient'>, options: CommandOptions) => Result;
  readonly noticeSpecialCategory: (input: Input<'NoticeSpecialCategory'>, options: CommandOptions) => Result;
  /** A law requires storage; any but Union or Member State law is recorded as a conflict, not followed. */
  readonly applyRetentionLaw: (input: Input<'ApplyRetentionLaw'>, options: CommandOptions) => Result;
  readonly liftRetentionLaw: (input: Input<'LiftRetentionLaw'>, options: CommandOptions) => Result;
  /** The data went back to the controller, which chose so. */
  readonly recordReturn: (input: Input<'ReturnDataSet'>, options: CommandOptions) => Result;
  readonly acknowledgeReturn: (input: Input<'AcknowledgeReturn'>, options: CommandOptions) => Result;
}
