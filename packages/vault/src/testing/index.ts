export { createIdleKeyStore } from './idle-key-store';
export { createInMemoryKeyStoreHarness } from './in-memory-harness';
export { interruptKeyStore } from './interrupted-key-store';
export { keyStoreConformance, keyStoreConformanceTests } from './key-store-conformance';
export { assertKeyStoreAgreesWithReference } from './key-store-model';
export type { ConformanceTest, CreateKeyStoreHarness, KeyStoreHarness, TestRunner } from './conformance-test';
export type { Interruptions } from './interrupted-key-store';
