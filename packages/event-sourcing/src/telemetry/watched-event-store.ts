import type { EventStore } from '../event-store/event-store';
import { isEventStoreError } from '../event-store/event-store-error';
import { noTelemetry, type Telemetry } from './telemetry';

const watched = (store: EventStore, telemetry: Telemetry): EventStore => ({
  storeId: store.storeId,
  capabilities: store.capabilities,
  append: (stream, expected, events) => {
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
  },
  readStream: (stream, options) => store.readStream(stream, options),
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  eraseStream: (stream) => store.eraseStream(stream),
  close: () => store.close(),
});

/** An event store whose appends are watched, and those counted that came too late. */
export const watchedEventStore = (store: EventStore, telemetry: Telemetry): EventStore =>
  telemetry === noTelemetry ? store : watched(store, telemetry);
