import { isUuid, type JsonObject, type ProcessManager, type Uuid } from '@mandate/event-sourcing';
import type { Deletion } from './effect';
import { deletionEventCodec, type DeletionEvent } from './events';
import { evolve } from './evolve';
import { react } from './react';
import { initialDeletion, type DeletionState } from './state';

/**
 * The promise kept: when a contract has ended, freeze, return if chosen, write down, destroy keys, erase every
 * store, certify (Art. 28(3)(g)). One instance for each contract. Pure; effects are data.
 */
export const deletionProcess: ProcessManager<DeletionEvent, DeletionState, Deletion & JsonObject> = {
  name: 'deletion',
  codec: deletionEventCodec,
  initialState: initialDeletion,
  instanceOf: (event) => event.data.contractId as string as Uuid,
  instanceOfUnreadable: ({ data: { contractId } }) => (isUuid(contractId) ? contractId : undefined),
  // One store that nobody can erase must not keep all others, and the other data sets, beyond their deadline.
  inputsWhileParked: 'take-in',
  evolve,
  react: react as ProcessManager<DeletionEvent, DeletionState, Deletion & JsonObject>['react'],
};
