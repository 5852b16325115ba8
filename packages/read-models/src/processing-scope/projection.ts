import { mandateEventCodec, type MandateEvent } from '@mandate/domain';
import type { Projection, RecordedEvent } from '@mandate/event-sourcing';
import { addKnown, type ScopeState } from './state';

const noContract = 'no-contract';

/** The contract that an event says it belongs to, read without understanding the rest of it. */
const contractOf = ({ data }: RecordedEvent): string => {
  const contractId = data['contractId'];
  return typeof contractId === 'string' ? contractId : noContract;
};

/** What may be done under each contract, from the whole history. */
export const processingScopeProjection: Projection<ScopeState, MandateEvent> = {
  name: 'processing-scope',
  version: 1,
  codec: mandateEventCodec,
  initialState: () => new Map(),
  partitionOf: contractOf,
  handle: (state, { event, recordedAt, position }) => {
    addKnown(state, { event, recordedAt, position });
    return state;
  },
};

/** The partition in which events wait that do not even say which contract they belong to. */
export const partitionOfNoContract = noContract;
