import type { EventStore } from '../event-store/event-store';
import { isEventStoreError } from '../event-store/event-store-error';
import { changedEventStore } from '../event-store/changed-event-store';
import { harmlessTelemetry } from './harmless-telemetry';
import { noTelemetry, type Telemetry } from './telemetry';

const watchedAppend =
  (store: EventStore, telemetry: Telemetry): EventStore['append'] =>
  (stream, expected, events) => {
    const attributes = { 'mandate.stream': stream, 'mandate.events': events.length };
    return telemetry.inSpan('mandate.append', attributes, async (span) => {
      try {
        const result = await store.append(stream, expected, events);
        span.set({ 'mandate.version': result.version, 'mandate.position': result.position });
        return result;
      } catch (error) {
        if (isEventStoreError(error) && error.code === 'version-conflict') {
          telemetry.count('mandate.append.conflicts', {});
        }
        throw error;
      }
    });
  };

/** The same event store, whose appends are watched, and those counted that came too late. */
export const watchedEventStore = <Store extends EventStore>(store: Store, telemetry: Telemetry): Store =>
  telemetry === noTelemetry
    ? store
    : changedEventStore(store, { append: watchedAppend(store, harmlessTelemetry(telemetry)) });
