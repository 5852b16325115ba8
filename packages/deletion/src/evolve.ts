import type { ContractEvent, DataSetEvent } from '@mandate/domain';
import type { ProcessInput } from '@mandate/event-sourcing';
import { evolveDataSets } from './evolve-data-set';
import type { Deletion } from './effect';
import type { DeletionEvent } from './events';
import { initialDeletion, type DeletionCase, type DeletionState } from './state';

const opened = (data: Extract<ContractEvent, { type: 'ContractConcluded' }>['data']): DeletionState => ({
  status: 'known',
  case: {
    contractId: data.contractId,
    controllerId: data.controllerId,
    processorId: data.processorId,
    policies: [{ effectiveAt: data.startsAt.at, policy: data.terms.deletion }],
    choice: data.endOfService,
    isFrozen: false,
    dataSets: new Map(),
    acknowledgements: [],
    operations: { 'handed-over': 0, cancelled: 0, failed: 0 },
  },
});

const evolveContract = (of: DeletionCase, event: Exclude<DeletionEvent, DataSetEvent>): DeletionCase => {
  switch (event.type) {
    case 'ContractConcluded':
      return of;
    case 'ContractAmended': {
      const { effectiveAt, terms } = event.data;
      return { ...of, policies: [...of.policies, { effectiveAt, policy: terms.deletion }] };
    }
    case 'EndOfServiceChosen':
      return { ...of, choice: event.data.choice };
    case 'TerminationNoticeGiven': {
      const { endsAt, ground, notice } = event.data;
      return { ...of, notice: { endsAt, ground, digest: notice.digest } };
    }
    case 'TerminationNoticeWithdrawn': {
      const { notice: _notice, ...rest } = of;
      return rest;
    }
    case 'ContractTerminated':
      return { ...of, ended: { at: event.data.endedAt, ground: event.data.ground } };
  }
};

const isDataSetEvent = (event: DeletionEvent): event is DeletionEvent & DataSetEvent =>
  'dataSetId' in event.data;

const evolveCase = (of: DeletionCase, input: ProcessInput<DeletionEvent, Deletion>): DeletionCase => {
  switch (input.kind) {
    case 'event':
      return isDataSetEvent(input.event) ? evolveDataSets(of, input.event) : evolveContract(of, input.event);
    case 'effect-completed':
      switch (input.effect.step) {
        case 'freeze':
          return { ...of, isFrozen: true };
        case 'destroy-contract-key':
          return { ...of, contractKeyDestroyedAt: of.contractKeyDestroyedAt ?? input.completedAt };
        case 'terminate-contract':
        case 'order-deletion':
        case 'destroy-keys':
        case 'erase-store':
        case 'delete-data-set':
        case 'certify':
          // Their results come back as events of the contract and the data set.
          return of;
      }
      break;
    case 'effect-parked':
    case 'deadline-reached':
      return of;
  }
};

/** The state of a deletion after one more input. */
export const evolve = (state: DeletionState, input: ProcessInput<DeletionEvent, Deletion>): DeletionState => {
  if (state.status === 'known') return { status: 'known', case: evolveCase(state.case, input) };
  return input.kind === 'event' && input.event.type === 'ContractConcluded'
    ? opened(input.event.data)
    : initialDeletion;
};
