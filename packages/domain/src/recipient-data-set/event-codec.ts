import {
  eventCodec,
  instantCodec,
  recordCodec,
  type EventCodec,
  type EventSchemas,
} from '@mandate/event-sourcing';
import * as t from 'io-ts';
import * as v from '../vocabulary';
import type * as Events from './events';
import type { DataSetEvent } from './events';
import { erasureReceipt, registeredStore } from './receipt';

const { contractId, dataSetId, wholeNumber } = v;

const retentionLaw = recordCodec<Events.RetentionLawApplied['data']>('RetentionLawApplied', {
  contractId,
  dataSetId,
  retentionId: v.retentionId,
  jurisdiction: v.country,
  law: v.reference,
  article: v.reference,
  items: v.nonEmpty(v.retainedItem),
  until: v.legalDate,
});

/** How data set events are kept; a forgotten event or field does not compile. */
export const dataSetEventSchemas: EventSchemas<DataSetEvent> = {
  DataSetEntrusted: {
    data: recordCodec<Events.DataSetEntrusted['data']>('DataSetEntrusted', {
      contractId,
      dataSetId,
      source: t.literal('controller'),
      categories: v.nonEmpty(v.dataCategory),
      recipients: wholeNumber,
      manifestDigest: v.digest,
      region: v.country,
      stores: v.nonEmpty(registeredStore),
    }),
  },
  RecipientsAdded: {
    data: recordCodec<Events.RecipientsAdded['data']>('RecipientsAdded', {
      contractId,
      dataSetId,
      recipients: wholeNumber,
      manifestDigest: v.digest,
    }),
  },
  RecipientsRemoved: {
    data: recordCodec<Events.RecipientsRemoved['data']>('RecipientsRemoved', {
      contractId,
      dataSetId,
      recipients: wholeNumber,
    }),
  },
  StoreRegistered: {
    data: recordCodec<Events.StoreRegistered['data']>('StoreRegistered', {
      contractId,
      dataSetId,
      store: registeredStore,
    }),
  },
  ProcessingRecorded: {
    data: recordCodec<Events.ProcessingRecorded['data']>('ProcessingRecorded', {
      contractId,
      dataSetId,
      batchId: v.batchId,
      instructionId: v.instructionId,
      instructionVersion: wholeNumber,
      clause: v.clause,
      purpose: v.purpose,
      channel: v.channel,
      country: v.country,
      interval: v.interval,
      outcome: v.sendingOutcome,
      operations: wholeNumber,
    }),
  },
  DataSetRestricted: {
    data: recordCodec<Events.DataSetRestricted['data']>('DataSetRestricted', {
      contractId,
      dataSetId,
      effectiveAt: instantCodec,
      ground: v.restrictionGround,
    }),
  },
  DataSetUnrestricted: {
    data: recordCodec<Events.DataSetUnrestricted['data']>('DataSetUnrestricted', {
      contractId,
      dataSetId,
      effectiveAt: instantCodec,
    }),
  },
  DataSetWithdrawn: {
    data: recordCodec<Events.DataSetWithdrawn['data']>('DataSetWithdrawn', {
      contractId,
      dataSetId,
      issuerId: v.issuerId,
      endsAt: v.legalDate,
      withdrawal: v.evidence,
    }),
  },
  RecipientErased: {
    data: recordCodec<Events.RecipientErased['data']>('RecipientErased', {
      contractId,
      dataSetId,
      requestId: v.erasureRequestId,
      forwardedAt: instantCodec,
      method: v.erasureMethod,
    }),
  },
  SpecialCategoryNoticed: {
    data: recordCodec<Events.SpecialCategoryNoticed['data']>('SpecialCategoryNoticed', {
      contractId,
      dataSetId,
      categories: v.nonEmpty(v.specialCategory),
      noticedAt: instantCodec,
      controllerInformedAt: instantCodec,
    }),
  },
  RetentionLawApplied: { data: retentionLaw },
  RetentionConflictRecorded: { data: retentionLaw },
  RetentionLawLifted: {
    data: recordCodec<Events.RetentionLawLifted['data']>('RetentionLawLifted', {
      contractId,
      dataSetId,
      retentionId: v.retentionId,
      effectiveAt: instantCodec,
    }),
  },
  DataSetReturned: {
    data: recordCodec<Events.DataSetReturned['data']>('DataSetReturned', {
      contractId,
      dataSetId,
      returnedAt: instantCodec,
      format: v.returnFormat,
      recipients: wholeNumber,
    }),
  },
  ReturnAcknowledged: {
    data: recordCodec<Events.ReturnAcknowledged['data']>('ReturnAcknowledged', {
      contractId,
      dataSetId,
      issuerId: v.issuerId,
      acknowledgement: v.evidence,
    }),
  },
  DeletionOrdered: {
    data: recordCodec<Events.DeletionOrdered['data']>('DeletionOrdered', {
      contractId,
      dataSetId,
      choice: v.endOfServiceChoice,
      deadline: v.legalDate,
      recipients: wholeNumber,
      stores: v.nonEmpty(v.storeName),
    }),
  },
  StoreErased: {
    data: recordCodec<Events.StoreErased['data']>('StoreErased', {
      contractId,
      dataSetId,
      store: v.storeName,
      receipt: erasureReceipt,
    }),
  },
  KeysDestroyed: {
    data: recordCodec<Events.KeysDestroyed['data']>('KeysDestroyed', {
      contractId,
      dataSetId,
      keys: wholeNumber,
      fenceRevision: wholeNumber,
      destroyedAt: instantCodec,
    }),
  },
  DataSetDeleted: {
    data: recordCodec<Events.DataSetDeleted['data']>('DataSetDeleted', {
      contractId,
      dataSetId,
      deletedAt: instantCodec,
    }),
  },
};

export const dataSetEventCodec: EventCodec<DataSetEvent> = eventCodec<DataSetEvent>(dataSetEventSchemas);
