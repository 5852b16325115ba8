export { createInMemoryCertificateStore } from './certificates/certificate-store';
export type { CertificateStore } from './certificates/certificate-store';
export { openCertificateFolder } from './certificates/certificate-folder';
export type { ContractCommands } from './commands/contract-commands';
export { createProcessor } from './create-processor';
export type { ProcessorPorts } from './create-processor';
export type { DataSetCommands } from './commands/data-set-commands';
export type { InstructionCommands } from './commands/instruction-commands';
export type {
  DeletionAlarm,
  DeletionOverview,
  OverseenDataSet,
  Urgency,
} from './deletions/deletion-overview';
export type { KeepRunningOptions } from './deletions/keep-running';
export { createErasureLedger, ErasuresMissingError, isErasuresMissingError } from './erasure-ledger';
export type { ErasureLedger, MissingErasures, RecordedErasure, RecordedErasures } from './erasure-ledger';
export { openProcessor } from './open-processor';
export type { OpenProcessorOptions } from './open-processor';
export type { Accepted, CommandOptions, CommandResult, Invalid, Refused } from './commands/outcome';
export type {
  DecisionOptions,
  DecisionResult,
  ExplainedReason,
  ExplanationResult,
  ScopeResult,
} from './decision-results';
export type {
  DeletionProgress,
  DeletionStepProgress,
  DeletionWait,
  Deletions,
  OutstandingDeletion,
  Processor,
  SetAsideDeletion,
} from './processor';
export type { KeepCurrentOptions, PermitResult, Permits } from './permits';
export {
  isSigningKeyError,
  SigningKeyError,
  signingKeyFromFile,
  signingKeyFromPem,
} from './certificates/signing-key-file';
export type { Written } from './commands/written';

// What people need beside it, so that one package is enough.
export { verifyCertificate } from '@mandate/deletion';
export type {
  CertificateContents,
  CertificateVerification,
  ErasureOrder,
  ErasureOutcome,
  SignedCertificate,
  StoreEraser,
} from '@mandate/deletion';
export {
  createInMemoryEventStore,
  InstancesSetAsideError,
  instantOf,
  isInstancesSetAsideError,
  isInstant,
  systemClock,
} from '@mandate/event-sourcing';
export type { Clock, EventStore, Instant } from '@mandate/event-sourcing';
export {
  createInMemoryKeyStore,
  createMasterKeyFile,
  createVault,
  masterKeyFromBytes,
  masterKeyFromEnvironment,
  masterKeyFromFile,
} from '@mandate/vault';
export type { MasterKey, Vault } from '@mandate/vault';
export { textOfExplanation } from '@mandate/read-models';
export type { Permit } from '@mandate/read-models';
