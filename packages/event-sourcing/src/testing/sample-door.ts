import { left, right } from 'fp-ts/Either';
import {
  eventCodec,
  instantCodec,
  recordCodec,
  uuidCodec,
  type Decider,
  type Instant,
  type Projection,
  type Uuid,
} from '../index';

// What stands in the README, so that whatever is shown there of doors is about the same ones.

// #region aggregate
export type OpenDoor = { readonly type: 'OpenDoor'; readonly doorId: Uuid };
export type DoorOpened = {
  readonly type: 'DoorOpened';
  readonly data: { readonly doorId: Uuid; readonly at: Instant };
};
export type Door = 'closed' | 'open';
export type Refusal = { readonly reason: 'door-is-open-already' };

export const door: Decider<OpenDoor, Door, DoorOpened, Refusal, { readonly now: Instant }> = {
  initialState: 'closed',
  decide: ({ doorId }, state, { now }) =>
    state === 'open'
      ? left({ reason: 'door-is-open-already' })
      : right([{ type: 'DoorOpened', data: { doorId, at: now } }]),
  evolve: () => 'open',
};

export const doorCodec = eventCodec<DoorOpened>({
  DoorOpened: {
    data: recordCodec<DoorOpened['data']>('DoorOpened', { doorId: uuidCodec('door id'), at: instantCodec }),
  },
});
// #endregion

// #region projection
export const doorsOpened: Projection<Map<Uuid, Instant>, DoorOpened> = {
  name: 'doors-opened',
  version: 1,
  codec: doorCodec,
  initialState: () => new Map(),
  handle: (state, { event: { data } }) => state.set(data.doorId, data.at),
  partitionOf: ({ stream }) => stream,
};
// #endregion

export const doorId = '7c2ad8e4-55d1-4b0e-9d5c-3c1f6ad1a001' as Uuid;

/** Somebody opens it; the facts are still missing. */
export const openDoor = {
  stream: `door-${doorId}`,
  command: { type: 'OpenDoor', doorId },
  metadata: {
    commandId: '1f3870be-274f-4c49-b3e3-1a0c6728957f' as Uuid,
    correlationId: '1f3870be-274f-4c49-b3e3-1a0c6728957f' as Uuid,
    causationId: '1f3870be-274f-4c49-b3e3-1a0c6728957f' as Uuid,
    actor: 'caretaker-7',
  },
} as const;
