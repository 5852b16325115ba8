import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorStatus } from './statuses';

/** What can be asked of the server. */
export type ServerMethod = 'append' | 'batch-append' | 'read' | 'subscribe' | 'features';

/** What goes wrong at one moment of a call. */
export type Trouble =
  /** No answer, ever; the connection stays up. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'status'; readonly status: ErrorStatus }
  /** It goes on, but later. */
  | { readonly kind: 'pause'; readonly durationMs: number };

/** What goes wrong with one call. */
export interface CallFault {
  /** Before the server does anything. */
  readonly before?: Trouble;
  /** When it has done what was asked, instead of the answer, or before it. */
  readonly after?: Trouble;
  /** Of a read: `after` comes when so many events were sent. */
  readonly afterEvents?: number;
}

/** Decides what goes wrong; tests plan it call by call, or let chance decide. */
export interface Faults {
  /** The next call of this method fails so; called several times, the next ones in that order. */
  readonly plan: (method: ServerMethod, ...faults: readonly CallFault[]) => void;
  /** What happens to calls that nothing was planned for; default: nothing. */
  decide: (method: ServerMethod) => CallFault | undefined;
  readonly next: (method: ServerMethod) => CallFault;
}

export const createFaults = (): Faults => {
  const planned = new Map<ServerMethod, CallFault[]>();
  const faults: Faults = {
    plan: (method, ...more) => {
      planned.set(method, [...(planned.get(method) ?? []), ...more]);
    },
    decide: () => undefined,
    next: (method) => planned.get(method)?.shift() ?? faults.decide(method) ?? {},
  };
  return faults;
};

export const silence: Trouble = { kind: 'silence' };
export const failing = (status: ErrorStatus): Trouble => ({ kind: 'status', status });
export const pausing = (durationMs: number): Trouble => ({ kind: 'pause', durationMs });

/** What a call is to do after a trouble: go on, fail, or say nothing any more. */
export type Consequence = 'go-on' | 'say-nothing' | ErrorStatus;

export const consequenceOf = async (trouble: Trouble | undefined): Promise<Consequence> => {
  switch (trouble?.kind) {
    case undefined:
      return 'go-on';
    case 'silence':
      return 'say-nothing';
    case 'status':
      return trouble.status;
    case 'pause':
      await pause(trouble.durationMs, undefined, { ref: false });
      return 'go-on';
  }
};
