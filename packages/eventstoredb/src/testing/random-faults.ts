import type { Chance } from './chance';
import { failing, pausing, silence, type CallFault, type ServerMethod } from './protocol-server/faults';
import type { LiveSubscription } from './protocol-server/live-subscriptions';
import type { ProtocolServer } from './protocol-server/protocol-server';
import { statuses, type ErrorStatus } from './protocol-server/statuses';

const breakdowns: readonly [() => ErrorStatus, ...(() => ErrorStatus)[]] = [
  statuses.connectionDropped,
  statuses.forwardingTimeout,
  statuses.cancelled,
  statuses.internal,
  statuses.dataLoss,
  statuses.notReady,
];

const troubleWith = (method: ServerMethod, { next, oneOf }: Chance): CallFault => {
  const breakdown = failing(oneOf(breakdowns)());
  const faults: readonly [CallFault, ...CallFault[]] = [
    { before: breakdown },
    { before: silence },
    { before: pausing(next() * 60) },
    { after: pausing(next() * 60) },
  ];
  switch (method) {
    case 'append':
      return oneOf([...faults, { after: breakdown }, { after: silence }]);
    case 'read':
      return oneOf([...faults, { after: breakdown, afterEvents: Math.floor(next() * 5) }]);
    case 'subscribe':
      return oneOf([{ before: breakdown }, { before: silence }]);
    case 'batch-append':
    case 'features':
      return {};
  }
};

/** Lets one call in so many go wrong, in any of the ways in which it can. */
export const letThingsGoWrong = (server: ProtocolServer, chance: Chance, share: number): void => {
  server.faults.decide = (method) => (chance.next() < share ? troubleWith(method, chance) : undefined);
};

/** Does something to every subscription that runs. */
export const disturbSubscriptions = (server: ProtocolServer, { oneOf }: Chance): void => {
  const disturb = oneOf<(subscription: LiveSubscription) => void>([
    (subscription) => {
      subscription.end();
    },
    (subscription) => {
      subscription.fail(statuses.consumerTooSlow());
    },
    (subscription) => {
      subscription.fail(statuses.connectionDropped());
    },
    (subscription) => {
      subscription.stall();
    },
    (subscription) => {
      subscription.sendCheckpoint(2n ** 64n - 1n, 2n ** 64n - 1n);
    },
    (subscription) => {
      subscription.sendHalfCheckpoint();
    },
  ]);
  server.subscriptions().forEach(disturb);
};
