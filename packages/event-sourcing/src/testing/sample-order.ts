import * as t from 'io-ts';
import { eventCodec } from '../codecs/event-codec';
import { instantCodec, type Instant } from '../values/instant';
import type { ProcessInput, ProcessManager, ProcessReaction } from '../process-managers/process-manager';
import { recordCodec } from '../codecs/record-codec';
import { uuidCodec, type Uuid } from '../values/uuid';

interface OfOrder {
  readonly orderId: Uuid;
}

/** Somebody wants something, and has until an instant to pay for it. */
export interface OrderPlaced {
  readonly type: 'OrderPlaced';
  readonly data: OfOrder & { readonly payBy: Instant };
}

/** They were given until another instant. */
export interface OrderExtended {
  readonly type: 'OrderExtended';
  readonly data: OfOrder & { readonly payBy: Instant };
}

export interface OrderPaid {
  readonly type: 'OrderPaid';
  readonly data: OfOrder;
}

/** Something that the process only has to know, in its order. */
export interface OrderNoted {
  readonly type: 'OrderNoted';
  readonly data: OfOrder & { readonly note: number };
}

/** An event of the same stream that concerns no order in particular. */
export interface ShopOpened {
  readonly type: 'ShopOpened';
  readonly data: { readonly at: Instant };
}

export type OrderEvent = OrderPlaced | OrderExtended | OrderPaid | OrderNoted | ShopOpened;

const orderId = uuidCodec('order id');

export const orderEventCodec = eventCodec<OrderEvent>({
  OrderPlaced: { data: recordCodec<OrderPlaced['data']>('OrderPlaced', { orderId, payBy: instantCodec }) },
  OrderExtended: {
    data: recordCodec<OrderExtended['data']>('OrderExtended', { orderId, payBy: instantCodec }),
  },
  OrderPaid: { data: recordCodec<OrderPaid['data']>('OrderPaid', { orderId }) },
  OrderNoted: { data: recordCodec<OrderNoted['data']>('OrderNoted', { orderId, note: t.number }) },
  ShopOpened: { data: recordCodec<ShopOpened['data']>('ShopOpened', { at: instantCodec }) },
});

export type Step = 'reserve' | 'notify' | 'ship' | 'release';

/** What the process asks for. */
export interface OrderEffect {
  readonly [key: string]: string;
  readonly step: Step;
  readonly orderId: Uuid;
}

/** Everything the process was told, in words and in order, and what it goes by. */
export interface OrderState {
  readonly told: readonly string[];
  /** What has to be done before the time to pay runs. */
  readonly open: readonly Step[];
  readonly isPaid: boolean;
  readonly orderId?: Uuid;
  readonly payBy?: Instant;
}

type Input = ProcessInput<OrderEvent, OrderEffect>;
type Reaction = ProcessReaction<OrderEffect>;

const wordsOf = (input: Input): string => {
  switch (input.kind) {
    case 'event':
      return input.event.type === 'OrderNoted' ? `note ${input.event.data.note}` : input.event.type;
    case 'effect-completed':
      return `completed ${input.effect.step}`;
    case 'effect-parked':
      return `parked ${input.effect.step}`;
    case 'deadline-reached':
      return `reached ${input.deadline}`;
  }
};

const changesByEvent = (event: OrderEvent): Partial<OrderState> => {
  switch (event.type) {
    case 'OrderPlaced':
      return { open: ['reserve', 'notify'], ...event.data };
    case 'OrderExtended':
      return { payBy: event.data.payBy };
    case 'OrderPaid':
      return { isPaid: true };
    case 'OrderNoted':
    case 'ShopOpened':
      return {};
  }
};

const changes = (state: OrderState, input: Input): Partial<OrderState> => {
  if (input.kind === 'event') return changesByEvent(input.event);
  return input.kind === 'effect-completed'
    ? { open: state.open.filter((step) => step !== input.effect.step) }
    : {};
};

const effect = (step: Step, orderId: Uuid): Reaction => ({ kind: 'effect', effect: { step, orderId } });

/** The time to pay runs once everything is reserved. */
const setPayBy = ({ open, isPaid, payBy }: OrderState): readonly Reaction[] =>
  open.length > 0 || isPaid || payBy === undefined
    ? []
    : [{ kind: 'set-deadline', deadline: 'pay-by', dueAt: payBy }];

const reactToEvent = (event: OrderEvent, state: OrderState): readonly Reaction[] => {
  switch (event.type) {
    case 'OrderPlaced':
      return [effect('reserve', event.data.orderId), effect('notify', event.data.orderId)];
    case 'OrderExtended':
      return setPayBy(state);
    case 'OrderPaid':
      return [{ kind: 'cancel-deadline', deadline: 'pay-by' }, effect('ship', event.data.orderId)];
    case 'OrderNoted':
    case 'ShopOpened':
      return [];
  }
};

const react = (state: OrderState, input: Input): readonly Reaction[] => {
  switch (input.kind) {
    case 'event':
      return reactToEvent(input.event, state);
    case 'effect-completed':
      return ['reserve', 'notify'].includes(input.effect.step) ? setPayBy(state) : [];
    case 'deadline-reached':
      return state.orderId === undefined ? [] : [effect('release', state.orderId)];
    case 'effect-parked':
      return [];
  }
};

/** An order is reserved and announced, then waits for its payment: two effects, a deadline, further effects. */
export const orderProcess: ProcessManager<OrderEvent, OrderState, OrderEffect> = {
  name: 'order',
  codec: orderEventCodec,
  initialState: { told: [], open: [], isPaid: false },
  instanceOf: (event) => (event.type === 'ShopOpened' ? undefined : event.data.orderId),
  evolve: (state, input) => ({ ...state, ...changes(state, input), told: [...state.told, wordsOf(input)] }),
  react,
};
