import type { EventStore } from './event-store';

/** An event store with some members changed, and all others as they are: also those of a class, or beyond the port. */
export const changedEventStore = <Store extends EventStore>(
  store: Store,
  changes: Partial<EventStore>,
): Store =>
  new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Object.hasOwn(changes, name)
        ? Reflect.get(changes, name)
        : Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
