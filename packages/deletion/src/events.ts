import { mandateEventCodec, type MandateEvent } from '@mandate/domain';
import { left, right } from 'fp-ts/Either';
import type { EventCodec } from '@mandate/event-sourcing';

const types = [
  'ContractConcluded',
  'ContractAmended',
  'EndOfServiceChosen',
  'TerminationNoticeGiven',
  'TerminationNoticeWithdrawn',
  'ContractTerminated',
  'DataSetEntrusted',
  'StoreRegistered',
  'ProcessingRecorded',
  'DataSetWithdrawn',
  'RetentionLawApplied',
  'RetentionLawLifted',
  'ReturnAcknowledged',
  'DeletionOrdered',
  'StoreErased',
  'KeysDestroyed',
  'DataSetDeleted',
] as const;

/** The events that a deletion goes by. */
export type DeletionEvent = Extract<MandateEvent, { readonly type: (typeof types)[number] }>;

const isDeletionEvent = (event: MandateEvent): event is DeletionEvent =>
  types.some((type) => type === event.type);

export const deletionEventCodec: EventCodec<DeletionEvent> = {
  types,
  encode: mandateEventCodec.encode,
  decode: (recorded) => {
    const decoded = mandateEventCodec.decode(recorded);
    if (decoded._tag === 'Left') return decoded;
    if (isDeletionEvent(decoded.right)) return right(decoded.right);
    const issue = { path: 'type', expected: `one of ${types.join(', ')}`, found: 'another type' };
    return left({ type: recorded.type, schemaVersion: recorded.schemaVersion, issues: [issue] });
  },
};
