import type { CertificateDraft, CertifiedDataSet, CertifiedStore } from './certificate';
import { areStoresErased, type DataSetProgress, type DeletionCase } from './state';

const certifiedStores = ({ stores, receipts }: DataSetProgress): readonly CertifiedStore[] =>
  [...stores.values()].flatMap((store) => {
    const receipt = receipts.get(store.name);
    return receipt === undefined ? [] : [{ ...store, receipt }];
  });

const certifiedDataSet = (dataSet: DataSetProgress): readonly CertifiedDataSet[] => {
  const { dataSetId, order, keys, deletedAt } = dataSet;
  const isAccountedFor = areStoresErased(dataSet);
  return order === undefined || keys === undefined || deletedAt === undefined || !isAccountedFor
    ? []
    : [{ dataSetId, ...order, keys, stores: certifiedStores(dataSet), deletedAt }];
};

/** What is to be certified; nothing while anything is outstanding (S15). */
export const certificateDraft = (of: DeletionCase): CertificateDraft | undefined => {
  const { contractId, controllerId, processorId, ended, choice, notice, acknowledgements, operations } = of;
  const dataSets = [...of.dataSets.values()].flatMap(certifiedDataSet);
  if (ended === undefined || dataSets.length !== of.dataSets.size) return undefined;
  return {
    contractId,
    controllerId,
    processorId,
    endOfService: {
      endedAt: ended.at,
      ground: ended.ground,
      choice,
      ...(notice === undefined ? {} : { noticeDigest: notice.digest }),
      acknowledgementDigests: acknowledgements,
    },
    dataSets,
    operations,
  };
};
