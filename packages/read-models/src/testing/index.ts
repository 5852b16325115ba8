export { recordingStore, scopeOver, storeWith } from './recorded-history';
export type { RecordingStore } from './recorded-history';
