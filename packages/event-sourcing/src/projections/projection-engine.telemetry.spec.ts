import { describe, expect, it } from '@jest/globals';
import { createProjectionScene } from '../testing/projection-scene';
import { recordingTelemetry } from '../testing/telemetry-record';
import type { ProjectionStore } from './projection-store';

const batch = {
  'mandate.projection': 'tally',
  'mandate.projection.version': 1,
  'mandate.projection.generation': 1,
};

describe('a batch of a projection that is watched', () => {
  it('has a span with the number of its events and of the partitions that wait', async () => {
    const scene = createProjectionScene();
    await scene.write({ stream: 'a', entries: ['readable', 'readable', 'readable', 'unreadable'] });
    const telemetry = recordingTelemetry();
    await scene.start({ telemetry }).run();
    expect(telemetry.spans.filter(({ attributes }) => attributes['mandate.events'] !== 0)).toEqual([
      {
        name: 'mandate.projection.batch',
        attributes: { ...batch, 'mandate.events': 3, 'mandate.projection.parked': 0 },
      },
      {
        name: 'mandate.projection.batch',
        attributes: { ...batch, 'mandate.events': 1, 'mandate.projection.parked': 1 },
      },
    ]);
  });

  it('is a failure when somebody else has written, or the store fails', async () => {
    const failureWith = async (commit: ProjectionStore['commit']): Promise<unknown> => {
      const scene = createProjectionScene();
      await scene.write({ stream: 'a', entries: ['readable'] });
      const telemetry = recordingTelemetry();
      await scene.start({ telemetry, projectionStore: { ...scene.projectionStore, commit } }).run();
      return telemetry.spans[0]?.failure;
    };
    expect(await failureWith(() => Promise.resolve(false))).toBe('overtaken');
    expect(await failureWith(() => Promise.reject(new Error('anna@example.org')))).toBe('Error');
  });
});
