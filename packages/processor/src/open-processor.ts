import type { StoreEraser } from '@mandate/deletion';
import type { Clock } from '@mandate/event-sourcing';
import type { MasterKey } from '@mandate/vault';
import type { Processor } from './processor';

export interface OpenProcessorOptions {
  /** The folder for history, keys and certificates; created if it is missing. */
  readonly folder: string;
  /** Wraps every contract's key. */
  readonly masterKey: MasterKey;
  /** The private key (Ed25519, PEM) that signs certificates. Default: created once in the folder, mode 0600. */
  readonly signingKey?: string;
  /** How each registered store, by its name, is erased. */
  readonly erasers: Readonly<Record<string, StoreEraser>>;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

declare const open: (options: OpenProcessorOptions) => Promise<Processor>;
export { open as openProcessor };
