import { metrics, type Meter } from '@opentelemetry/api';
import type { ProjectionEngine } from '../projections/projection-engine';
import { instrumentationScope } from './open-telemetry';

export interface ObservingOptions {
  /** Default: that of the global provider, for the scope `mandate`. */
  readonly meter?: Meter;
}

/**
 * Tells, whenever metrics are collected, how far each generation of each projection is behind the log
 * (`mandate.projection.lag`, in seconds) and how many of its events are parked or wait behind one
 * (`mandate.projection.parked`). Answers with what ends it.
 */
export const observeProjections = (
  engine: Pick<ProjectionEngine, 'status'>,
  { meter = metrics.getMeter(instrumentationScope) }: ObservingOptions = {},
): (() => void) => {
  const lag = meter.createObservableGauge('mandate.projection.lag', {
    unit: 's',
    description: 'How long the oldest event that a projection has not read has been on record.',
  });
  const parked = meter.createObservableGauge('mandate.projection.parked', {
    unit: '{event}',
    description: 'Events that a projection could not handle, and those that wait behind them.',
  });
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = async (result) => {
    for (const { name, version, generation, status, lagMs, parked: waiting } of await engine.status()) {
      const attributes = {
        'mandate.projection': name,
        'mandate.projection.version': version,
        'mandate.projection.generation': generation,
        'mandate.projection.status': status,
      };
      // What cannot be told is not told: a zero would look like being up to date.
      if (lagMs !== undefined) result.observe(lag, lagMs / 1000, attributes);
      const events = waiting.reduce((sum, { held }) => sum + 1 + held, 0);
      result.observe(parked, events, attributes);
    }
  };
  meter.addBatchObservableCallback(observe, [lag, parked]);
  return () => {
    meter.removeBatchObservableCallback(observe, [lag, parked]);
  };
};
