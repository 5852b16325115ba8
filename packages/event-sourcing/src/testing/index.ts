export type {
  CreateEventStoreHarness,
  EventStoreConformanceOptions,
  EventStoreConformanceTest,
  EventStoreHarness,
  TestRunner,
} from './conformance-test';
export { perhapsDamaged } from './damage';
export { eventStoreConformance, eventStoreConformanceTests } from './event-store-conformance';
export { assertEventStoreAgreesWithModel } from './event-store-model';
export type { EventStoreModelOptions } from './event-store-model';
export { createFaultStore, plannedFaults } from './fault-store';
export type { FaultStore, FaultStoreOptions, PlannedFault, StoreOperation } from './fault-store';
export type { StoreFault } from './store-fault';
export { given } from './given-when-then';
export type { Expectations, Given, ReasonOf } from './given-when-then';
export { createVirtualTime } from './virtual-time';
export type { VirtualTime } from './virtual-time';
export { Mortal, unknownToAppender } from './simulation/mortal';
export type { FaultAtCall } from './simulation/mortal';
export { simulationMutants } from './simulation/mutants';
export type { SimulationMutant } from './simulation/mutants';
export { simulate } from './simulation/simulation';
export type { SimulationRequest, SimulationResult } from './simulation/simulation';
export { projectionStoreConformance, projectionStoreConformanceTests } from './projection-store-conformance';
export type {
  CreateProjectionStoreHarness,
  ProjectionStoreConformanceOptions,
  ProjectionStoreConformanceTest,
  ProjectionStoreHarness,
} from './projection-conformance-test';
export { leaseStoreConformance, leaseStoreConformanceTests } from './lease-store-conformance';
export type {
  CreateLeaseStoreHarness,
  LeaseStoreConformanceOptions,
  LeaseStoreConformanceTest,
  LeaseStoreHarness,
} from './lease-conformance-test';
export { assertInlineProjectionsFollow } from './projection-inline-model';
export type { CreateInlineHarness, InlineHarness } from './projection-inline-model';
export { snapshotStoreConformance, snapshotStoreConformanceTests } from './snapshot-store-conformance';
export type {
  CreateSnapshotStoreHarness,
  SnapshotStoreConformanceOptions,
  SnapshotStoreConformanceTest,
  SnapshotStoreHarness,
} from './snapshot-conformance-test';
