import { randomUUID } from 'node:crypto';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { StoredEvent } from './event-log';
import { consequenceOf } from './faults';
import { logFilterOf, type LogFilter } from './filters';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  fellBehindMessage,
  nowhere,
} from './messages';
import type { ServerState } from './server-state';
import { statuses } from './statuses';
import { failCall, writeTo, type ReadCall } from './writing';

const startOf = ({ log }: ServerState, options: ReadReq.Options.AllOptions): number => {
  if (options.hasEnd()) return log.events.length;
  const position = options.getPosition();
  if (position === undefined) return 0;
  const commit = BigInt(position.getCommitPosition());
  const index = log.indexFrom(commit);
  // Exclusive of the start, which is an event only where commit and prepare are the same.
  const isEvent = log.events[index]?.position === commit && position.getPreparePosition() === String(commit);
  return isEvent ? index + 1 : index;
};

/** One subscription to the whole log: what is there, then what comes, then nothing until it ends. */
class LogSubscription {
  readonly #call: ReadCall;
  readonly #state: ServerState;
  readonly #filter: LogFilter | undefined;
  #next: number;
  /** The last place that was told to the client: an event or a checkpoint. */
  #told: bigint = nowhere;
  #sinceCheckpoint = 0;
  #isStalled = false;
  #isHalfCheckpointDue = false;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(call: ReadCall, state: ServerState, options: ReadReq.Options, next: number) {
    this.#call = call;
    this.#state = state;
    this.#filter = logFilterOf(options);
    this.#next = next;
    this.#told = next === 0 ? nowhere : (state.log.events[next - 1] as StoredEvent).position;
  }

  async run(): Promise<void> {
    const unwatch = this.#state.log.watch(() => {
      this.#wake();
    });
    const remove = this.#state.subscriptions.add({
      end: () => {
        this.#finish(() => this.#call.end());
      },
      fail: (error) => {
        this.#finish(() => {
          failCall(this.#call, error);
        });
      },
      // Also from one that sends nothing else any more.
      sendCheckpoint: (commit, prepare) => void writeTo(this.#call, checkpointMessage(commit, prepare)),
      sendHalfCheckpoint: () => {
        this.#isHalfCheckpointDue = true;
        this.#wake();
      },
      stall: () => {
        this.#isStalled = true;
      },
    });
    const stop = (): void => {
      this.#finish(() => undefined);
    };
    for (const name of ['cancelled', 'close']) this.#call.on(name, stop);
    try {
      await this.#send(confirmationMessage(randomUUID()));
      while (!this.#isOver) {
        await this.#catchUp();
        await this.#stayLive();
      }
    } finally {
      unwatch();
      remove();
    }
  }

  #finish(how: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    how();
    this.#wake();
  }

  async #send(message: ReadResp): Promise<void> {
    if (this.#isOver || this.#isStalled) return;
    if (!(await writeTo(this.#call, message))) this.#finish(() => undefined);
  }

  async #sendCheckpoint(position: bigint): Promise<void> {
    this.#told = position;
    await this.#send(checkpointMessage(position, position));
  }

  async #sendDueHalfCheckpoint(): Promise<void> {
    if (!this.#isHalfCheckpointDue) return;
    this.#isHalfCheckpointDue = false;
    const { log } = this.#state;
    await this.#send(checkpointMessage(log.events[this.#next]?.position ?? log.endPosition(), 0n));
  }

  /** Looks at the next event, sends it if it is wanted, and a checkpoint when one is due. */
  async #advance(): Promise<void> {
    await this.#sendDueHalfCheckpoint();
    const event = this.#state.log.events[this.#next] as StoredEvent;
    this.#next += 1;
    if (this.#filter?.isWanted(event) ?? true) {
      this.#told = event.position;
      await this.#send(eventMessage(event));
    }
    if (this.#filter === undefined) return;
    this.#sinceCheckpoint += 1;
    if (this.#sinceCheckpoint < this.#filter.checkpointInterval) return;
    this.#sinceCheckpoint = 0;
    await this.#sendCheckpoint(event.position);
  }

  #behind(): number {
    return this.#state.log.events.length - this.#next;
  }

  async #catchUp(): Promise<void> {
    while (this.#behind() > 0 && !this.#isOver) await this.#advance();
    const { engine, hasNowhereCheckpoints } = this.#state.settings;
    // The later engine reports where it is when it goes live: the last place told, which may be nowhere.
    const isTold = this.#told !== nowhere || hasNowhereCheckpoints;
    if (engine === '24.x' && this.#filter !== undefined && isTold) await this.#sendCheckpoint(this.#told);
    await this.#send(caughtUpMessage());
  }

  /** Until it falls behind by more than the server keeps for it, or ends. */
  async #stayLive(): Promise<void> {
    const { engine, liveEventsMax } = this.#state.settings;
    while (!this.#isOver) {
      if (this.#behind() > liveEventsMax) {
        if (engine === '24.x') return this.#send(fellBehindMessage());
        this.#finish(() => {
          failCall(this.#call, statuses.consumerTooSlow());
        });
        return;
      }
      if (this.#behind() > 0) await this.#advance();
      else if (this.#isHalfCheckpointDue) await this.#sendDueHalfCheckpoint();
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** Subscriptions to the whole log; those to one stream are not offered, since nothing here uses them. */
export const serveSubscription = async (
  call: ReadCall,
  state: ServerState,
  options: ReadReq.Options,
): Promise<void> => {
  const first = await consequenceOf(state.faults.next('subscribe').before);
  if (first === 'say-nothing') return;
  if (first !== 'go-on') {
    failCall(call, first);
    return;
  }
  const ofLog = options.getAll();
  if (ofLog === undefined) {
    failCall(call, statuses.unimplemented('subscriptions to one stream'));
    return;
  }
  await new LogSubscription(call, state, options, startOf(state, ofLog)).run();
};
