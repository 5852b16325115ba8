export type {
  CreateEventStoreHarness,
  EventStoreConformanceOptions,
  EventStoreConformanceTest,
  EventStoreHarness,
  TestRunner,
} from './conformance-test';
export { eventStoreConformance, eventStoreConformanceTests } from './event-store-conformance';
export { assertEventStoreAgreesWithModel } from './event-store-model';
export { createFaultStore, plannedFaults } from './fault-store';
export type { FaultStore, FaultStoreOptions, PlannedFault, StoreFault, StoreOperation } from './fault-store';
export { given } from './given-when-then';
export type { Expectations, Given, ReasonOf } from './given-when-then';
