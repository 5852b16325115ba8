export { instrumentationScope, openTelemetry } from './open-telemetry';
export type { OpenTelemetryOptions } from './open-telemetry';
export { observeProcess } from './observed-process';
export { observeProjections } from './observed-projections';
export type { ObservingOptions } from './observed-projections';
