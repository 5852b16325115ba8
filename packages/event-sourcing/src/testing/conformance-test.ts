import { randomUUID } from 'node:crypto';
import type { EventStore } from '../event-store/event-store';
import type { Clock, Instant } from '../values/instant';

/** One store under test: its data, and as many handles on them as a test opens. */
export interface EventStoreHarness {
  /**
   * Opens the store. Called again, it opens the same data once more, as another process would, if the store is
   * durable or open to many processes; otherwise a store that has nothing to do with the first.
   */
  open(): Promise<EventStore>;
  /**
   * Ends a handle as the end of its process would: nothing more is written through it, and nothing is tidied up. It is
   * closed before the data are removed, and must allow that. Absent: a handle is let go of, and does what it still has
   * to do at its own time.
   */
  crash?(handle: EventStore): Promise<void>;
  /** Removes the data. The suite has closed every handle before. */
  dispose(): Promise<void>;
}

/** Makes a harness whose stores take the time from `clock`. */
export type CreateEventStoreHarness = (clock: Clock) => Promise<EventStoreHarness>;

export interface EventStoreConformanceOptions {
  readonly createHarness: CreateEventStoreHarness;
  /** How long a subscription may take to deliver what is there. Default 5,000 ms. */
  readonly patienceMs?: number;
}

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface EventStoreConformanceTest {
  readonly title: string;
  readonly run: (options: EventStoreConformanceOptions) => Promise<void>;
}

/** The two functions of a test runner that the suite needs; those of jest, vitest, mocha and `node:test` fit. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, body: () => Promise<void>) => unknown;
}

/** What one test works with. */
export interface Scenario {
  readonly store: EventStore;
  /** A further handle, closed after the test like the first. */
  readonly open: () => Promise<EventStore>;
  /** What the store's clock says; the test may move it. */
  readonly time: { now: Instant };
  readonly patienceMs: number;
  /** Starts work beside the test. The test waits for it at its end, and fails if the work does. */
  readonly meanwhile: (work: () => Promise<unknown>) => void;
  /** A stream name that no other test uses, so that a server may be shared by all. */
  readonly stream: (name?: string) => string;
}

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnStore = (
  title: string,
  body: (scenario: Scenario) => Promise<void>,
): EventStoreConformanceTest => ({
  title,
  run: async ({ createHarness, patienceMs = 5000 }) => {
    const time = { now: '2026-03-29T00:59:59.999Z' as Instant };
    const harness = await createHarness(() => time.now);
    const handles: EventStore[] = [];
    const open = async (): Promise<EventStore> => {
      const handle = await harness.open();
      handles.push(handle);
      return handle;
    };
    const background: Promise<unknown>[] = [];
    const meanwhile = (work: () => Promise<unknown>): void => {
      const running = work();
      // Looked at when the test is over; until then a failure must not count as unhandled.
      running.catch(() => undefined);
      background.push(running);
    };
    const prefix = `t${randomUUID()}`;
    try {
      const store = await open();
      await body({ store, open, time, patienceMs, meanwhile, stream: (name = 'a') => `${prefix}-${name}` });
      await Promise.all(background);
    } finally {
      for (const handle of handles) await handle.close();
      await harness.dispose();
    }
  },
});
