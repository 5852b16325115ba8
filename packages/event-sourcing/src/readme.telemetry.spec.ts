import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCommandHandler,
  createInMemoryEventStore,
  createInMemoryProjectionStore,
  createProjectionEngine,
  watchedEventStore,
} from './index';
import { observeProjections, openTelemetry } from './opentelemetry';
import { regionsIn } from './testing/readme-regions';
import { door, doorCodec, openDoor } from './testing/sample-door';

const watching = async (): Promise<string> => {
  const projections = { projectionStore: createInMemoryProjectionStore(), projections: [] };
  // #region watching
  const telemetry = openTelemetry();
  const store = watchedEventStore(createInMemoryEventStore(), telemetry);
  const handle = createCommandHandler({ store, decider: door, codec: doorCodec, telemetry });
  const engine = createProjectionEngine({ ...projections, store, telemetry });
  const stopObserving = observeProjections(engine);
  // #endregion
  const { outcome } = await handle({
    ...openDoor,
    facts: () => ({ now: '2026-03-29T00:00:00.000Z' as never }),
  });
  stopObserving();
  return outcome;
};

describe('the README, about watching', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

  it.each(regionsIn(__filename))('shows %s as it runs here', (_, text) => {
    expect(readme).toContain(text);
  });

  it('shows what works, also where nobody collects anything', async () => {
    expect(await watching()).toBe('accepted');
  });
});
