import type { DataSetCommand, DataSetRecord, RecipientDataSet, RegisteredStore } from '../recipient-data-set';
import * as v from '../vocabulary';
import { nth } from './ids';
import {
  agreementOf,
  someDay,
  someEvidence,
  someInterval,
  someTime,
  someTimeAfter,
  type Intents,
  type Scene,
} from './scene';
import { countries, nthDigest, storeNames } from './values';

type Existing = Exclude<RecipientDataSet, { status: 'none' }>;

/** A data set of the contract, if possible one that fits; once in a while one of another contract, or none. */
const someDataSet = (scene: Scene, fits: (dataSet: Existing) => boolean): Existing | undefined => {
  const { world, dice, contractId } = scene;
  const own = world.dataSets.filter(({ record }) => record.contractId === contractId);
  const fitting = own.filter(fits);
  const others = dice.once(20) ? world.dataSets : own;
  return dice.pickOr<Existing | undefined>(fitting.length > 0 ? fitting : others, undefined);
};

interface Target {
  readonly contractId: v.ContractId;
  readonly dataSetId: v.DataSetId;
}
const about =
  <Data extends Target>(
    rest: (
      scene: Scene,
      record: DataSetRecord | undefined,
      dataSet: Existing | undefined,
    ) => Omit<Data, keyof Target>,
    fits: (dataSet: Existing) => boolean = () => true,
  ) =>
  (scene: Scene): Omit<Data, keyof Target> & Target => {
    const dataSet = someDataSet(scene, fits);
    const { contractId } = scene;
    const dataSetId = dataSet?.record.dataSetId ?? nth.dataSetId(1);
    return { contractId, dataSetId, ...rest(scene, dataSet?.record, dataSet) };
  };

const someStore = ({ dice }: Scene): RegisteredStore => ({
  name: dice.pickOr(storeNames, 'message-archive' as v.StoreName),
  kind: dice.pick(v.storeKinds),
  region: 'PL' as v.Country,
});

const someCount = ({ dice }: Scene): number => dice.pick([1, 10, 0, 1000]);

type DataOf<Type extends DataSetCommand['type']> = Extract<DataSetCommand, { type: Type }>['data'];

const unerasedStoresOf = (dataSet: Existing | undefined): readonly v.StoreName[] => {
  if (dataSet === undefined) return [];
  const erased = dataSet.status === 'deletion-ordered' ? dataSet.deletion.erased : new Set();
  return [...dataSet.record.stores].filter((store) => !erased.has(store));
};

/** Categories and a region that the contract allows, mostly. */
const agreedOn = (scene: Scene): { categories: v.NonEmpty<v.DataCategory>; region: v.Country } => {
  const agreed = agreementOf(scene)?.terms.at(-1)?.terms;
  return agreed === undefined || scene.dice.once(20)
    ? { categories: v.dataCategories, region: 'PL' as v.Country }
    : { categories: agreed.categories, region: agreed.countries[0] };
};

/** What may be intended with a data set. */
export const dataSetIntents: Intents<DataSetCommand> = {
  EntrustDataSet: (scene) => {
    const { world, dice, contractId } = scene;
    const number = world.dataSets.length + (dice.once(20) ? 0 : 1);
    const { categories, region } = agreedOn(scene);
    return {
      contractId,
      dataSetId: nth.dataSetId(number),
      source: 'controller',
      categories: dice.once(2) ? dice.some(categories) : categories,
      recipients: someCount(scene),
      manifestDigest: nthDigest(world.history.length + 1),
      region,
      stores: [{ ...someStore(scene), region }],
    };
  },
  AddRecipients: about<DataOf<'AddRecipients'>>((scene) => ({
    recipients: someCount(scene),
    manifestDigest: nthDigest(scene.world.history.length + 1),
  })),
  RemoveRecipients: about<DataOf<'RemoveRecipients'>>((scene) => ({ recipients: someCount(scene) })),
  RegisterStore: about<DataOf<'RegisterStore'>>((scene) => ({ store: someStore(scene) })),
  RecordProcessing: about<DataOf<'RecordProcessing'>>((scene) => ({
    batchId: nth.batchId(scene.dice.number(9) + 1),
    instructionId: nth.instructionId(scene.dice.number(3) + 1),
    instructionVersion: 1,
    clause: '1' as v.Clause,
    purpose: scene.dice.pick(v.purposes),
    channel: scene.dice.pick(v.channels),
    country: scene.dice.pickOr(countries, 'PL' as v.Country),
    interval: someInterval(scene, undefined),
    outcome: scene.dice.pick(v.sendingOutcomes),
    operations: someCount(scene),
  })),
  RestrictDataSet: about<DataOf<'RestrictDataSet'>>((scene, record) => ({
    effectiveAt: someTimeAfter(scene, record?.unrestrictedAt),
    ground: scene.dice.pick(v.restrictionGrounds),
  })),
  UnrestrictDataSet: about<DataOf<'UnrestrictDataSet'>>(
    (scene, record) => ({
      effectiveAt: someTimeAfter(scene, record?.restrictedAt),
    }),
    ({ record }) => record.restrictedAt !== undefined,
  ),
  WithdrawDataSet: about<DataOf<'WithdrawDataSet'>>((scene) => ({
    issuerId: nth.issuerId(1),
    endsAt: someDay(scene, [0, 1, 30]),
    withdrawal: someEvidence(scene),
  })),
  EraseRecipient: about<DataOf<'EraseRecipient'>>((scene) => ({
    requestId: nth.erasureRequestId(scene.dice.number(5) + 1),
    forwardedAt: scene.world.now,
    method: scene.dice.pick(v.erasureMethods),
  })),
  NoticeSpecialCategory: about<DataOf<'NoticeSpecialCategory'>>((scene) => ({
    categories: scene.dice.some(v.specialCategories),
    noticedAt: scene.world.now,
    controllerInformedAt: someTime(scene),
  })),
  ApplyRetentionLaw: about<DataOf<'ApplyRetentionLaw'>>((scene) => ({
    retentionId: nth.retentionId(scene.dice.number(3) + 1),
    jurisdiction: scene.dice.pickOr([...countries, 'EU' as v.Country], 'PL' as v.Country),
    law: 'act/1' as v.Reference,
    article: 'art-7' as v.Reference,
    items: scene.dice.some(v.retainedItems),
    until: someDay(scene, [1, 30, 365]),
  })),
  LiftRetentionLaw: about<DataOf<'LiftRetentionLaw'>>(
    (scene, record) => ({
      retentionId: scene.dice.pickOr([...(record?.retentions.keys() ?? [])], nth.retentionId(1)),
      effectiveAt: someTime(scene),
    }),
    ({ record }) => record.retentions.size > 0,
  ),
  ReturnDataSet: about<DataOf<'ReturnDataSet'>>(
    (scene, record) => ({
      returnedAt: scene.world.now,
      format: scene.dice.pick(v.returnFormats),
      recipients: record?.recipients ?? 0,
    }),
    ({ status }) => status === 'held',
  ),
  AcknowledgeReturn: about<DataOf<'AcknowledgeReturn'>>(
    (scene) => ({
      issuerId: nth.issuerId(1),
      acknowledgement: someEvidence(scene),
    }),
    ({ status }) => status === 'held',
  ),
  OrderDeletion: about<DataOf<'OrderDeletion'>>(
    (scene) => ({ deadline: someDay(scene, [30, 1, 365]) }),
    ({ status }) => status === 'held',
  ),
  EraseStore: about<DataOf<'EraseStore'>>(
    (scene, record, dataSet) => {
      const found = record?.recipients ?? 0;
      return {
        store: scene.dice.pickOr(unerasedStoresOf(dataSet), 'message-archive' as v.StoreName),
        receipt: {
          method: scene.dice.pick(v.erasureMethods),
          found,
          erased: scene.dice.once(9) ? 0 : found,
          firstActionAt: scene.world.now,
          lastActionAt: scene.world.now,
          verification: scene.dice.pick(v.erasureVerifications),
        },
      };
    },
    ({ status }) => status === 'deletion-ordered',
  ),
  DestroyKeys: about<DataOf<'DestroyKeys'>>(
    (scene) => ({
      keys: someCount(scene),
      fenceRevision: 1,
      destroyedAt: scene.world.now,
    }),
    ({ status }) => status === 'deletion-ordered',
  ),
  DeleteDataSet: about<DataOf<'DeleteDataSet'>>(
    (scene) => ({ deletedAt: scene.world.now }),
    ({ status }) => status === 'deletion-ordered',
  ),
};
