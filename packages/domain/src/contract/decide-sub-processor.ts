import { left, right } from 'fp-ts/Either';
import type {
  AnnounceSubProcessor,
  AuthoriseSubProcessor,
  DismissSubProcessor,
  ObjectToSubProcessor,
} from './commands';
import { outsideTheContract, type ContractDecision, type ContractFacts } from './decision';
import type { Agreement } from './state';

/** Notice of a new sub-processor opens a window in which the controller may object (Art. 28(2)). */
export const announceSubProcessor = (
  { data }: AnnounceSubProcessor,
  agreement: Agreement,
  { now }: ContractFacts,
): ContractDecision => {
  const { subProcessorId } = data;
  const standing = agreement.subProcessors.get(subProcessorId)?.standing;
  if (standing === 'objected') return left({ reason: 'sub-processor-objected', subProcessorId });
  if (standing === 'announced' || standing === 'authorised') {
    return left({ reason: 'sub-processor-already-announced', subProcessorId });
  }
  return data.objectionUntil.at <= now
    ? left({ reason: 'objection-window-empty', objectionUntil: data.objectionUntil.at })
    : right([{ type: 'SubProcessorAnnounced', data }]);
};

/** A written agreement ends the waiting, and outweighs an earlier objection. */
export const authoriseSubProcessor = (
  { data }: AuthoriseSubProcessor,
  agreement: Agreement,
): ContractDecision =>
  agreement.subProcessors.get(data.subProcessorId)?.standing === 'authorised'
    ? left({ reason: 'sub-processor-already-announced', subProcessorId: data.subProcessorId })
    : (outsideTheContract(agreement, data.effectiveAt) ?? right([{ type: 'SubProcessorAuthorised', data }]));

/** An objection counts by when it was received, not by when the processor got round to recording it. */
export const objectToSubProcessor = (
  { data }: ObjectToSubProcessor,
  agreement: Agreement,
): ContractDecision => {
  const { subProcessorId } = data;
  const standing = agreement.subProcessors.get(subProcessorId);
  switch (standing?.standing) {
    case undefined:
    case 'dismissed':
      return left({ reason: 'sub-processor-unknown', subProcessorId });
    case 'objected':
      return right([]);
    case 'authorised':
      return left({ reason: 'sub-processor-already-announced', subProcessorId });
    case 'announced':
      return standing.objectionUntil.at <= data.objection.receivedAt
        ? left({ reason: 'objection-window-closed', objectionUntil: standing.objectionUntil.at })
        : right([{ type: 'SubProcessorObjected', data }]);
  }
};

export const dismissSubProcessor = (
  { data }: DismissSubProcessor,
  agreement: Agreement,
): ContractDecision => {
  const standing = agreement.subProcessors.get(data.subProcessorId);
  switch (standing?.standing) {
    case undefined:
      return left({ reason: 'sub-processor-unknown', subProcessorId: data.subProcessorId });
    case 'dismissed':
      // An earlier date is news, a later one is not.
      return standing.dismissedAt <= data.effectiveAt
        ? right([])
        : right([{ type: 'SubProcessorDismissed', data }]);
    case 'announced':
    case 'authorised':
    case 'objected':
      return right([{ type: 'SubProcessorDismissed', data }]);
  }
};
