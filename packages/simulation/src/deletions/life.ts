import { isEventStoreError } from '@mandate/event-sourcing';
import { Mortal, unknownToAppender, type FaultAtCall } from '@mandate/event-sourcing/testing';
import { createErasureLedger, createProcessor, type Processor, type StoreEraser } from '@mandate/processor';
import { happen } from './happen';
import { hear, portsOf, vaultOn, type World } from './world';

const keyOperations = [
  'read',
  'revision',
  'create',
  'replace',
  'fence',
  'destroy',
  'countKeys',
  'freeze',
] as const;

/** Retries are few and soon: what is parked waits for a person. */
const retry = { attemptsMax: 3, delayMs: (attempt: number): number => attempt * 60_000 };

/** One process that runs deletions, with all its connections: it may die at any of its calls. */
export interface Life {
  readonly mortal: Mortal;
  readonly processor: Processor;
  /** Resolves when a store does not answer any more: nothing but a restart helps. */
  readonly hangs: Promise<void>;
}

const untilItsTurn = (world: World) => async (): Promise<void> => {
  world.calls += 1;
  for (const happening of world.plan.happenings)
    if ('call' in happening.when && happening.when.call === world.calls) {
      world.happenedMeanwhile += 1;
      await happen(world, happening);
    }
};

export const begin = (world: World, faults: readonly FaultAtCall[]): Life => {
  const { parts, time } = world;
  const mortal = new Mortal(untilItsTurn(world), faults);
  const erasers: Record<string, StoreEraser> = {};
  for (const [name, erase] of Object.entries(
    mortal.connect(world.stores.erasers, Object.keys(world.stores.erasers)),
  ))
    erasers[name] = parts.eraser(erase, time.clock);
  const log = mortal.connect(world.eventStore, ['append', 'readStream', 'readAll'], unknownToAppender);
  const ledger = createErasureLedger(
    mortal.connect(world.ledgerStore, ['append', 'readStream', 'readAll'], unknownToAppender),
  );
  const keyStore = parts.keyStore(mortal.connect(world.keys.store, keyOperations));
  const processor = createProcessor({
    ...portsOf(world),
    eventStore: parts.eventStore(log, erasers),
    vault: vaultOn(keyStore, time, ledger.recordFence),
    certificates: mortal.connect(world.certificates, ['put', 'get']),
    erasures: { ledger, reapplications: 0 },
    ...{ erasers, retry },
  });
  const hangs = new Promise<void>((resolve) => {
    world.onHang = resolve;
  });
  return { mortal, processor: parts.processor(processor), hangs };
};

/** Whether an error is what a planned fault, or the death of the process, looks like. */
const isPlanned = (error: unknown): boolean =>
  isEventStoreError(error) && (error.code === 'unavailable' || error.code === 'outcome-unknown');

/** How a run of the deletions ended. */
export type RunOutcome = 'at-rest' | 'overtaken' | 'failed' | 'dead';

/** Runs what is due, until it is done, or a fault or death comes in between. */
export const runOnce = async (world: World, { mortal, processor, hangs }: Life): Promise<RunOutcome> => {
  const errors: unknown[] = [];
  const happenedBefore = world.happenedMeanwhile;
  const run = processor.deletions
    .run({
      onProgress: (progress) => {
        // What an eraser threw is told to whoever asked for the run, and to nobody else.
        hear(world, 'error' in progress ? { ...progress, error: undefined } : progress);
      },
    })
    .then(
      // What happened after the last look is for the next run.
      () => (world.happenedMeanwhile === happenedBefore ? ('at-rest' as const) : ('overtaken' as const)),
      (error: unknown) => {
        hear(world, { error });
        if (!isPlanned(error)) errors.push(error);
        return 'failed' as const;
      },
    );
  const outcome = await Promise.race([run, hangs.then(() => 'hangs' as const)]);
  if (outcome === 'hangs') mortal.die();
  if (errors.length > 0) world.complaints.add(`a run failed that should not: ${nameOf(errors[0])}`);
  return outcome === 'hangs' || mortal.isDead ? 'dead' : outcome;
};

const nameOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${isEventStoreError(error) ? error.code : error.message}`
    : typeof error;
