import { left, right } from 'fp-ts/Either';
import { isEmptyInterval, isUnionOrMemberState } from '../vocabulary';
import type {
  ApplyRetentionLaw,
  EraseRecipient,
  LiftRetentionLaw,
  NoticeSpecialCategory,
  RecordProcessing,
  RestrictDataSet,
  UnrestrictDataSet,
  WithdrawDataSet,
} from './commands';
import type { DataSetDecision, DataSetFacts } from './decision';
import { isRecorded, type DataSetRecord } from './state';

export const recordProcessing = ({ data }: RecordProcessing, record: DataSetRecord): DataSetDecision => {
  if (isEmptyInterval(data.interval)) return left({ reason: 'interval-empty' });
  return isRecorded(record.batches, data.batchId)
    ? left({ reason: 'batch-already-recorded', batchId: data.batchId })
    : right([{ type: 'ProcessingRecorded', data }]);
};

export const restrict = ({ data }: RestrictDataSet, record: DataSetRecord): DataSetDecision => {
  const { restrictedAt, unrestrictedAt } = record;
  // Who may stop something may stop it earlier; only a later date adds nothing.
  if (restrictedAt !== undefined && restrictedAt <= data.effectiveAt) {
    // Restricting twice is a retry, not a mistake.
    return restrictedAt === data.effectiveAt
      ? right([])
      : left({ reason: 'already-restricted', restrictedAt });
  }
  return unrestrictedAt !== undefined && data.effectiveAt <= unrestrictedAt
    ? left({ reason: 'restriction-out-of-order', lastEffectiveAt: unrestrictedAt, found: data.effectiveAt })
    : right([{ type: 'DataSetRestricted', data }]);
};

export const unrestrict = ({ data }: UnrestrictDataSet, record: DataSetRecord): DataSetDecision => {
  const { restrictedAt, unrestrictedAt } = record;
  if (restrictedAt === undefined) {
    return unrestrictedAt === data.effectiveAt ? right([]) : left({ reason: 'not-restricted' });
  }
  return data.effectiveAt <= restrictedAt
    ? left({ reason: 'restriction-out-of-order', lastEffectiveAt: restrictedAt, found: data.effectiveAt })
    : right([{ type: 'DataSetUnrestricted', data }]);
};

export const withdrawDataSet = (
  { data }: WithdrawDataSet,
  { withdrawnFrom }: DataSetRecord,
  { contract }: DataSetFacts,
): DataSetDecision => {
  // At the end of the contract everything is deleted in any case.
  if (contract.status === 'terminated' || contract.status === 'closed')
    return left({ reason: 'contract-ended', endedAt: contract.endedAt.at });
  if (withdrawnFrom === undefined || data.endsAt.at < withdrawnFrom)
    return right([{ type: 'DataSetWithdrawn', data }]);
  return data.endsAt.at === withdrawnFrom ? right([]) : left({ reason: 'already-withdrawn', withdrawnFrom });
};

export const eraseRecipient = ({ data }: EraseRecipient, record: DataSetRecord): DataSetDecision => {
  if (record.erasureRequests.has(data.requestId)) return right([]);
  return record.recipients < 1
    ? left({ reason: 'more-recipients-than-held', held: record.recipients, found: 1 })
    : right([{ type: 'RecipientErased', data }]);
};

export const noticeSpecialCategory = ({ data }: NoticeSpecialCategory): DataSetDecision =>
  data.controllerInformedAt < data.noticedAt
    ? left({
        reason: 'informed-before-noticed',
        noticedAt: data.noticedAt,
        informedAt: data.controllerInformedAt,
      })
    : right([{ type: 'SpecialCategoryNoticed', data }]);

/** Only Union or Member State law can require storage; any other demand is put on record, not followed (S3). */
export const applyRetentionLaw = ({ data }: ApplyRetentionLaw, record: DataSetRecord): DataSetDecision => {
  const { retentionId } = data;
  if (record.retentions.has(retentionId) || record.conflicts.has(retentionId)) {
    return left({ reason: 'retention-already-applied', retentionId });
  }
  return isUnionOrMemberState(data.jurisdiction)
    ? right([{ type: 'RetentionLawApplied', data }])
    : right([{ type: 'RetentionConflictRecorded', data }]);
};

/** What will be lifted one day is in force until that day: it is lifted then. */
export const liftRetentionLaw = (
  { data }: LiftRetentionLaw,
  record: DataSetRecord,
  { now }: DataSetFacts,
): DataSetDecision => {
  const { retentionId, effectiveAt } = data;
  if (!record.retentions.has(retentionId)) return left({ reason: 'retention-unknown', retentionId });
  return now < effectiveAt
    ? left({ reason: 'retention-in-force', retentionId, until: effectiveAt })
    : right([{ type: 'RetentionLawLifted', data }]);
};
