import { EventStoreError } from '../../event-store/event-store-error';
import { crashed, suffer, unreachable, type StoreFault } from '../store-fault';

/** One fault at one call that a process makes to the world, whichever it is; calls are counted from 1. */
export interface FaultAtCall {
  readonly call: number;
  readonly fault: StoreFault;
}

type AnyCall = (...request: readonly unknown[]) => Promise<unknown>;

/**
 * The connections of one process to the world. Every call waits for its turn, and so does its answer; a fault may
 * happen to any of them; once the process is dead, none gets through and no answer arrives.
 */
export class Mortal {
  readonly #untilItsTurn: (label: string) => Promise<void>;
  readonly #faults: ReadonlyMap<number, StoreFault>;
  #calls = 0;
  #isDead = false;

  /** `untilItsTurn` is asked before every call and every answer: what may happen in between happens there. */
  constructor(untilItsTurn: (label: string) => Promise<void>, faults: readonly FaultAtCall[]) {
    this.#untilItsTurn = untilItsTurn;
    this.#faults = new Map(faults.map(({ call, fault }) => [call, fault]));
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
  }

  async #turn(label: string): Promise<void> {
    await this.#untilItsTurn(label);
    if (this.#isDead) throw crashed();
  }

  async call<T>(label: string, perform: () => Promise<T>, unknown: () => Error = unreachable): Promise<T> {
    await this.#turn(label);
    this.#calls += 1;
    const pause = (): Promise<void> => this.#turn(`${label}, late`);
    const answer = await suffer({ perform, unknown }, this.#faults.get(this.#calls), {
      pause,
      die: () => this.die(),
    });
    await this.#turn(`answer to ${label}`);
    return answer;
  }

  /** The same, for a target of which some methods are calls to the world. */
  connect<Target extends object>(
    target: Target,
    methods: readonly (keyof Target & string)[],
    unknownOf: (method: string, request: readonly unknown[]) => Error = unreachable,
  ): Target {
    const connected = methods.map((method) => [
      method,
      (...request: readonly unknown[]) =>
        this.call(
          method,
          () => (target[method] as AnyCall)(...request),
          () => unknownOf(method, request),
        ),
    ]);
    return { ...target, ...Object.fromEntries(connected) } as Target;
  }
}

/** What a caller of an event store is told who cannot know whether it happened. */
export const unknownToAppender = (method: string, request: readonly unknown[]): Error => {
  const events = request[2] as readonly { readonly eventId: never }[];
  return method === 'append'
    ? new EventStoreError({ kind: 'outcome-unknown', eventIds: events.map(({ eventId }) => eventId) })
    : unreachable();
};
