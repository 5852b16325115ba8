import { isInstant, type Instant } from '@mandate/event-sourcing';
import { join } from 'node:path';
import { folderOf } from '../platform/data-set-folder';
import { readSendLog, type LoggedSend, type UnreadableLine } from '../reading/send-log';
import { unlessInterrupted, type Run } from '../run';
import { untouchedLog } from '../run-record';
import type { Progress } from '../showing/progress';
import { keepDeliveries } from './deliveries';
import { giveCommandsUntil, nextCommandAt } from './given-commands';
import { LogCounts } from './log-counts';
import { ProcessingBatches } from './processing-batches';
import { noticeSpecialCategories } from './special-category-notice';

/** So many allowed sends are held in memory at most. */
const deliveriesMax = 500;
const interruptibleEvery = 500;

const dayOf = (instant: Instant): string => instant.slice(0, 10);

/** Reads the log of a month, decides every line, and puts on record what happened. */
export class MonthOfSends {
  readonly #run: Run;
  readonly #progress: Progress;
  readonly #counts: LogCounts;
  readonly #batches = new ProcessingBatches();
  #deliveries: LoggedSend[] = [];
  #day: string;
  #recorded: number;
  #archived: number;
  #notices: readonly string[];

  constructor(run: Run, progress: Progress) {
    const earlier = run.keeper.record().log ?? untouchedLog;
    this.#run = run;
    this.#progress = progress;
    this.#counts = new LogCounts(earlier);
    this.#recorded = earlier.batches;
    this.#archived = earlier.archived;
    this.#notices = earlier.notices;
    if (isInstant(earlier.clock)) run.clock.moveTo(earlier.clock);
    this.#day = dayOf(run.clock.now());
    progress.advance(this.#counts.place.lines);
  }

  async read(): Promise<void> {
    const run = this.#run;
    const [list] = run.input.lists;
    if (list === undefined) return;
    const path = join(folderOf({ root: run.folder.upload }, list), 'sends.jsonl');
    for await (const line of readSendLog(path, this.#counts.place)) {
      if (line.line % interruptibleEvery === 0) unlessInterrupted(run);
      await this.#line(line);
      this.#progress.advance();
    }
    await this.#closeDay(true);
  }

  async #line(line: LoggedSend | UnreadableLine): Promise<void> {
    const { clock, platform } = this.#run;
    if (line.kind === 'unreadable') {
      this.#counts.unreadable(line);
      return;
    }
    const { at } = line;
    if (this.#day < dayOf(at)) await this.#closeDay(false);
    const next = nextCommandAt(this.#run);
    if (next !== undefined && next <= at) await giveCommandsUntil(this.#run, at);
    clock.moveTo(at);
    // Judged as it was: by what held at that time, and by what was known at that time.
    const decision = await platform.processor.decide(line.request, { validAt: at, knownAt: at });
    this.#counts.decided(line.line, line.next, decision);
    this.#day = dayOf(clock.now());
    if (decision.decision === 'allow') {
      this.#batches.add(line, decision);
      this.#deliveries.push(line);
      if (this.#deliveries.length === deliveriesMax) await this.#deliver();
      return;
    }
    const noticed = await noticeSpecialCategories(
      platform.processor,
      { send: line, decision },
      this.#notices,
    );
    if (noticed !== undefined) this.#notices = [...this.#notices, noticed];
  }

  async #deliver(): Promise<void> {
    this.#archived += await keepDeliveries(this.#run.platform, this.#deliveries);
    this.#deliveries = [];
  }

  /** What the day brought is stored, recorded, and only then counted as done. */
  async #closeDay(isComplete: boolean): Promise<void> {
    const { keeper, clock, platform } = this.#run;
    await this.#deliver();
    this.#recorded += await this.#batches.record(this.#day, platform.processor);
    keeper.change({
      log: {
        ...this.#counts.tally(),
        clock: clock.now(),
        batches: this.#recorded,
        archived: this.#archived,
        notices: this.#notices,
        isComplete,
      },
    });
  }
}
