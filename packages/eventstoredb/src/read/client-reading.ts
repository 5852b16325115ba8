import { NoAnswerError } from '../answer-in-time';
import type { ClientRead, ClientRecordedEvent } from '../client';

const ignore = (): void => undefined;

/** Ends a read that is not answered, which would stay open otherwise. To one that has ended it does nothing. */
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

/** Shows events until one was enough or could not be shown, then only counts them as heard. */
class Visit {
  readonly #visit: (event: ClientRecordedEvent) => boolean;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(visit: (event: ClientRecordedEvent) => boolean) {
    this.#visit = visit;
  }

  show(event: ClientRecordedEvent): void {
    if (this.#isOver) return;
    try {
      this.#isOver = !this.#visit(event);
    } catch (error) {
      this.#isOver = true;
      this.#failure = { error };
    }
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/**
 * Shows the events of a read one by one, until `visit` has seen enough (false) or throws. The rest is read all the same: a
 * call whose end nobody reads, because the loop was left, could not be cancelled any more, and `dispose` of the client
 * would wait for it for ever. So reads must be short, which `maxCount` sees to.
 *
 * Fails with what the client says, with what `visit` threw, or with a `NoAnswerError` when nothing arrives for
 * `silenceMs`, since reads have no deadline of their own.
 */
export const visitRead = async (
  read: ClientRead,
  silenceMs: number,
  visit: (event: ClientRecordedEvent) => boolean,
): Promise<void> => {
  // An error that comes when nobody reads any more would end the process.
  read.on?.('error', ignore);
  const watch = new SilenceWatch(silenceMs);
  const visiting = new Visit(visit);
  const visitAll = async (): Promise<void> => {
    for await (const { event } of read) {
      watch.hear();
      if (event !== undefined) visiting.show(event);
    }
  };
  try {
    await Promise.race([visitAll(), watch.tooLong]);
    visiting.throwFailure();
  } finally {
    watch.stop();
    endRead(read);
  }
};
