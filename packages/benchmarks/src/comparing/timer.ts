/** Tells how many milliseconds a work takes. */
export type Timer = (work: () => Promise<void>) => Promise<number>;

/** Measures with tinybench, once: what is measured here is long, and repeated by the rounds. */
export const tinybenchTimer: Timer = async (work) => {
  const { Bench } = await import('tinybench');
  const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true });
  bench.add('work', work, { async: true });
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error('A measurement did not complete.');
  return task.result.latency.mean;
};

/** A measurement in operations per second. */
export const ratePerSecond =
  (timer: Timer, operations: number, work: () => Promise<void>): (() => Promise<number>) =>
  async () =>
    (operations * 1000) / (await timer(work));

/** A measurement in microseconds per operation. */
export const microsecondsEach =
  (timer: Timer, operations: number, work: () => Promise<void>): (() => Promise<number>) =>
  async () =>
    ((await timer(work)) * 1000) / operations;
