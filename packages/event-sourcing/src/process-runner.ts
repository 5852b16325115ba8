import type { DomainEvent } from './event-codec';
import type { EventStore } from './event-store';
import type { Clock, Instant } from './instant';
import type { JsonObject } from './json';
import { defaultRetryPolicy, entryOfOutcome, type RetryPolicy } from './process-effect-outcome';
import type { PendingEffect, ProcessInstance } from './process-instance';
import { createProcessIntake } from './process-intake';
import { createProcessLog } from './process-log';
import type { EffectHandler, EffectOutcome, ProcessManager } from './process-manager';
import type { ProcessEvent } from './process-record';
import { derivedUuid, type Uuid } from './uuid';

export interface ProcessRunnerOptions<Event extends DomainEvent, State, Effect extends JsonObject> {
  readonly store: EventStore;
  readonly manager: ProcessManager<Event, State, Effect>;
  readonly clock: Clock;
  readonly handle: EffectHandler<Effect>;
  readonly retry?: RetryPolicy;
  /** Told after every effect that was carried out; for progress bars and logs. */
  readonly onEffect?: (effect: Effect, outcome: EffectOutcome['outcome']) => void;
}

/** What an instance is waiting for. */
export interface OutstandingEffect<Effect> extends PendingEffect<Effect> {
  readonly instanceId: Uuid;
  readonly effectId: Uuid;
}

export interface ProcessRunner<State, Effect> {
  /**
   * Takes in what has been recorded, fires the deadlines that have come, carries out what is pending, until
   * there is nothing left to do at this instant. May be interrupted or killed anywhere and called again.
   */
  readonly run: (signal?: AbortSignal) => Promise<void>;
  readonly instance: (instanceId: Uuid) => ProcessInstance<State, Effect> | undefined;
  readonly instances: () => ReadonlyMap<Uuid, ProcessInstance<State, Effect>>;
  /** Everything intended that has no outcome yet, with why. */
  readonly outstanding: () => readonly OutstandingEffect<Effect>[];
  /** When there will be something to do if nothing else happens; absent: never. */
  readonly nextDueAt: () => Instant | undefined;
  /** Has a parked effect tried again. */
  readonly unpark: (instanceId: Uuid, effectId: Uuid) => Promise<void>;
}

const isDue = ({ parked, retryAt }: PendingEffect<unknown>, now: Instant): boolean =>
  parked === undefined && (retryAt === undefined || retryAt <= now);

/** Runs the instances of one process: intents before acts, results after them, nothing forgotten in between. */
export const createProcessRunner = <Event extends DomainEvent, State, Effect extends JsonObject>(
  options: ProcessRunnerOptions<Event, State, Effect>,
): ProcessRunner<State, Effect> => {
  const { store, manager, clock, handle, retry = defaultRetryPolicy, onEffect } = options;
  const log = createProcessLog(store, manager);
  type Instance = ProcessInstance<State, Effect>;

  let instances: Map<Uuid, Instance> | undefined;
  let running: Promise<void> = Promise.resolve();

  const booted = async (): Promise<Map<Uuid, Instance>> => (instances ??= await log.loadAll());

  /** Adds to an instance's record; when somebody else was first, looks again and decides anew. */
  const extend = async (
    instanceId: Uuid,
    trigger: Uuid,
    entryFor: (instance: Instance) => ProcessEvent | undefined,
  ): Promise<boolean> => {
    const all = await booted();
    for (let instance = all.get(instanceId) ?? (await log.load(instanceId)); ;) {
      const entry = entryFor(instance);
      if (entry === undefined) return false;
      const after = await log.extend(instanceId, instance, trigger, entry);
      if (after !== 'overtaken') {
        all.set(instanceId, after);
        return true;
      }
      instance = await log.load(instanceId);
      all.set(instanceId, instance);
    }
  };

  const intake = createProcessIntake({
    store,
    manager,
    isHolding: (instanceId) =>
      [...(instances?.get(instanceId)?.pending.values() ?? [])].some(({ parked }) => parked !== undefined),
    takeIn: (instanceId, { eventId, type, schemaVersion, data, recordedAt }) =>
      extend(instanceId, eventId, ({ inputs }) =>
        inputs.has(eventId)
          ? undefined
          : {
              type: 'InputReceived',
              data: { eventId, eventType: type, schemaVersion, event: data, recordedAt },
            },
      ),
  });

  const fireDeadlines = async (): Promise<boolean> => {
    let isBusy = false;
    for (const [instanceId, { deadlines }] of [...(await booted())]) {
      for (const [deadline, dueAt] of deadlines) {
        if (clock() < dueAt) continue;
        const trigger = derivedUuid(`deadline/${deadline}/${dueAt}`, instanceId);
        const isFired = await extend(instanceId, trigger, (instance) =>
          instance.deadlines.get(deadline) === dueAt
            ? { type: 'DeadlineReached', data: { deadline, dueAt } }
            : undefined,
        );
        isBusy = isFired || isBusy;
      }
    }
    return isBusy;
  };

  const act = async (effect: Effect, effectId: Uuid): Promise<EffectOutcome> => {
    try {
      return await handle(effect, effectId);
    } catch {
      // What was thrown may hold anything, somebody's address among it; the record gets a code.
      return { outcome: 'failed', reason: 'handler-threw' };
    }
  };

  const carryOut = async (
    instanceId: Uuid,
    effectId: Uuid,
    pending: PendingEffect<Effect>,
  ): Promise<void> => {
    const attempt = pending.attempts + 1;
    const outcome = await act(pending.effect, effectId);
    const trigger = derivedUuid(`attempt/${attempt}`, effectId);
    await extend(instanceId, trigger, (instance) =>
      instance.pending.has(effectId)
        ? entryOfOutcome({ effectId, attempt, forgiven: pending.forgiven, outcome }, clock(), retry)
        : undefined,
    );
    onEffect?.(pending.effect, outcome.outcome);
  };

  const carryOutPending = async (signal: AbortSignal | undefined): Promise<boolean> => {
    let isBusy = false;
    for (const [instanceId, { pending }] of [...(await booted())]) {
      for (const [effectId, effect] of pending) {
        if (signal?.aborted === true) return false;
        if (!isDue(effect, clock())) continue;
        await carryOut(instanceId, effectId, effect);
        isBusy = true;
      }
    }
    return isBusy;
  };

  const runUntilIdle = async (signal: AbortSignal | undefined): Promise<void> => {
    await booted();
    for (let isBusy = true; isBusy && signal?.aborted !== true;) {
      const steps = [await intake.takeInNew(signal), await intake.releaseHeld(), await fireDeadlines()];
      isBusy = (await carryOutPending(signal)) || steps.includes(true);
    }
  };

  return {
    run: (signal) => {
      // One pass at a time: two passes would act twice on the same intent.
      const next = running.catch(() => undefined).then(() => runUntilIdle(signal));
      running = next;
      return next;
    },
    instance: (instanceId) => instances?.get(instanceId),
    instances: () => instances ?? new Map<Uuid, Instance>(),
    outstanding: () =>
      [...(instances ?? [])].flatMap(([instanceId, { pending }]) =>
        [...pending].map(([effectId, effect]) => ({ instanceId, effectId, ...effect })),
      ),
    nextDueAt: () =>
      [...(instances?.values() ?? [])]
        .flatMap(({ deadlines, pending }) => [
          ...deadlines.values(),
          ...[...pending.values()].flatMap(({ retryAt, parked }) =>
            retryAt === undefined || parked !== undefined ? [] : [retryAt],
          ),
        ])
        .toSorted()[0],
    unpark: async (instanceId, effectId) => {
      const trigger = derivedUuid(`unpark/${clock()}`, effectId);
      await extend(instanceId, trigger, ({ pending }) =>
        pending.get(effectId)?.parked === undefined
          ? undefined
          : { type: 'EffectUnparked', data: { effectId, unparkedAt: clock() } },
      );
    },
  };
};
