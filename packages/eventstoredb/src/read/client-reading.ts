import { NoAnswerError } from '../answer-in-time';
import type { ClientRead, ClientRecordedEvent } from '../client';

const ignore = (): void => undefined;

/** Ends a read, also one that has ended: otherwise `dispose` of the client would wait for it for ever. */
const endRead = (read: ClientRead): void => {
  read.cancel?.().catch(ignore);
};

/** Rejects when nothing has arrived for so long; a long page that keeps coming may take longer. */
class SilenceWatch {
  readonly tooLong: Promise<never>;
  #timer: NodeJS.Timeout | undefined;
  #hasHeard = false;
  readonly #silenceMs: number;
  #reject: (error: Error) => void = ignore;

  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
    this.tooLong = new Promise<never>((_, reject) => (this.#reject = reject));
    this.tooLong.catch(ignore);
    this.#arm();
  }

  hear(): void {
    this.#hasHeard = true;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    this.#timer = setTimeout(() => {
      if (!this.#hasHeard) {
        this.#reject(new NoAnswerError('Nothing arrived for too long.'));
        return;
      }
      this.#hasHeard = false;
      this.#arm();
    }, this.#silenceMs);
  }
}

/**
 * Shows the events of a read one by one, until it ends or `visit` has seen enough (false). Fails with what the client
 * says, or with a `NoAnswerError` when nothing arrives for `silenceMs`, since reads have no deadline of their own.
 */
export const visitRead = async (
  read: ClientRead,
  silenceMs: number,
  visit: (event: ClientRecordedEvent) => boolean,
): Promise<void> => {
  // An error that comes when nobody reads any more would end the process.
  read.on?.('error', ignore);
  const watch = new SilenceWatch(silenceMs);
  const visitAll = async (): Promise<void> => {
    for await (const { event } of read) {
      watch.hear();
      if (event !== undefined && !visit(event)) return;
    }
  };
  try {
    await Promise.race([visitAll(), watch.tooLong]);
  } finally {
    watch.stop();
    endRead(read);
  }
};
