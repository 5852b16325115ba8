import { isLeft, left, right, type Either } from 'fp-ts/Either';
import { endOf, type Agreement } from '../contract';
import type { ContractId } from '../vocabulary';
import type { AddRecipients, EntrustDataSet, RegisterStore, RemoveRecipients } from './commands';
import type { DataSetDecision, DataSetFacts } from './decision';
import type { DataSetRejection } from './rejections';
import type { DataSetRecord, RecipientDataSet } from './state';

/** The agreement, while data may be taken in under it. */
const openAgreement = (
  contractId: ContractId,
  { contract, now }: DataSetFacts,
): Either<DataSetRejection, Agreement> => {
  if (contract.status === 'none') return left({ reason: 'contract-not-concluded', contractId });
  const end = endOf(contract);
  if (contract.status !== 'concluded' || (end !== undefined && end.at <= now)) {
    return left({ reason: 'contract-ended', endedAt: end?.at ?? now });
  }
  const startsAt = contract.agreement.startsAt.at;
  return now < startsAt ? left({ reason: 'contract-not-started', startsAt }) : right(contract.agreement);
};

export const entrust = (
  { data }: EntrustDataSet,
  dataSet: RecipientDataSet,
  facts: DataSetFacts,
): DataSetDecision => {
  if (dataSet.status !== 'none') return left({ reason: 'data-set-already-entrusted' });
  const agreement = openAgreement(data.contractId, facts);
  if (isLeft(agreement)) return agreement;
  const terms = agreement.right.terms.findLast(({ effectiveAt }) => effectiveAt <= facts.now)?.terms;
  const categories = data.categories.filter((category) => terms?.categories.includes(category) !== true);
  if (categories.length > 0) return left({ reason: 'category-outside-the-contract', categories });
  const regions = [data.region, ...data.stores.map(({ region }) => region)];
  const country = regions.find((region) => terms?.countries.includes(region) !== true);
  if (country !== undefined) return left({ reason: 'country-outside-the-contract', country });
  const names = data.stores.map(({ name }) => name);
  const store = names.find((name, index) => names.indexOf(name) !== index);
  return store === undefined
    ? right([{ type: 'DataSetEntrusted', data }])
    : left({ reason: 'store-repeated', store });
};

export const addRecipients = (
  { data }: AddRecipients,
  record: DataSetRecord,
  facts: DataSetFacts,
): DataSetDecision => {
  const agreement = openAgreement(record.contractId, facts);
  return isLeft(agreement) ? agreement : right([{ type: 'RecipientsAdded', data }]);
};

export const removeRecipients = ({ data }: RemoveRecipients, record: DataSetRecord): DataSetDecision =>
  data.recipients > record.recipients
    ? left({ reason: 'more-recipients-than-held', held: record.recipients, found: data.recipients })
    : right([{ type: 'RecipientsRemoved', data }]);

/** A forgotten store may be registered at any time before deletion: better late than never erased. */
export const registerStore = ({ data }: RegisterStore, record: DataSetRecord): DataSetDecision =>
  record.stores.has(data.store.name)
    ? left({ reason: 'store-repeated', store: data.store.name })
    : right([{ type: 'StoreRegistered', data }]);
