export { erasableStoreHarness } from './erasable-store';
export type { EraserFault } from './erasable-store';
export { eraserConformance, eraserConformanceTests } from './eraser-conformance';
export type {
  CrashPoint,
  CreateEraserHarness,
  DataSetPlace,
  EraserConformanceTest,
  EraserHarness,
} from './eraser-conformance-test';
