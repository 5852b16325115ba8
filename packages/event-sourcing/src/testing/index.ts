export type {
  CreateEventStoreHarness,
  EventStoreConformanceOptions,
  EventStoreConformanceTest,
  EventStoreHarness,
  TestRunner,
} from './conformance-test';
export { eventStoreConformance, eventStoreConformanceTests } from './event-store-conformance';
export { assertEventStoreAgreesWithModel } from './event-store-model';
