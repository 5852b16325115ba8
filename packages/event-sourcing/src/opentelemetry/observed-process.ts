import { metrics, type Meter } from '@opentelemetry/api';
import type { ProcessRunner } from '../process-managers/process-runner';
import { instrumentationScope } from './open-telemetry';
import type { ObservingOptions } from './observed-projections';

/**
 * Tells, whenever metrics are collected, how many effects of a process are intended and have no outcome yet
 * (`mandate.process.outstanding`), how many of them wait for a person (`mandate.process.parked`), and how many
 * instances could not go on in the last run (`mandate.process.set_aside`). Answers with what ends it.
 */
export const observeProcess = (
  name: string,
  runner: Pick<ProcessRunner<unknown, unknown>, 'outstanding' | 'setAside'>,
  { meter = metrics.getMeter(instrumentationScope) }: ObservingOptions = {},
): (() => void) => {
  const outstanding = meter.createObservableGauge('mandate.process.outstanding', {
    unit: '{effect}',
    description: 'Effects that are intended and have no outcome yet.',
  });
  const parked = meter.createObservableGauge('mandate.process.parked', {
    unit: '{effect}',
    description: 'Effects that wait for a person.',
  });
  const setAside = meter.createObservableGauge('mandate.process.set_aside', {
    unit: '{instance}',
    description: 'Instances that could not go on in the last run.',
  });
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    const attributes = { 'mandate.process': name };
    const effects = runner.outstanding();
    result.observe(outstanding, effects.length, attributes);
    result.observe(parked, effects.filter(({ parked: reason }) => reason !== undefined).length, attributes);
    result.observe(setAside, runner.setAside().length, attributes);
  };
  meter.addBatchObservableCallback(observe, [outstanding, parked, setAside]);
  return () => {
    meter.removeBatchObservableCallback(observe, [outstanding, parked, setAside]);
  };
};
