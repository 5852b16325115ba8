import type { DomainEvent } from '../codecs/event-codec';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { harmlessTelemetry } from '../telemetry/harmless-telemetry';
import type { Telemetry } from '../telemetry/telemetry';
import { hasGrown } from '../values/growing-set';
import type { Clock, Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import type { LeaseOptions } from '../leases/lease-options';
import { createActingAlone, writtenAlone } from './acting-alone';
import { createProcessDeadlines, type FiredDeadlines } from './process-deadlines';
import {
  defaultRetryPolicy,
  entryOfOutcome,
  storableOutcome,
  type RetryPolicy,
} from './process-effect-outcome';
import type { PendingEffect, ProcessInstance } from './process-instance';
import { createProcessIntake, type TakenIn } from './process-intake';
import { createProcessLog } from './process-log';
import type { EffectHandler, EffectOutcome, ProcessManager } from './process-manager';
import type { Position } from '../event-store/position';
import { createProcessRuns } from './process-runs';
import { createSetAside, InstancesSetAsideError, type SetAsideInstance } from './process-set-aside';
import { createProcessWriter } from './process-writer';
import { derivedUuid, type Uuid } from '../values/uuid';

export interface ProcessRunnerOptions<Event extends DomainEvent, State, Effect extends JsonObject> {
  readonly store: EventStore;
  readonly manager: ProcessManager<Event, State, Effect>;
  readonly clock: Clock;
  readonly handle: EffectHandler<Effect>;
  readonly retry?: RetryPolicy;
  /** Has every effect watched; absent: none is. */
  readonly telemetry?: Telemetry;
  /**
   * Lets one of several live runners of the process act, and has another go on when it is gone. Absent: all act; what
   * they do at the same time is done twice, and recorded once.
   */
  readonly leases?: LeaseOptions;
  /**
   * Told after every effect that was carried out; for progress bars and logs. `thrown` is what the handler threw, if
   * it did: nobody else gets to see it, and it may quote personal data.
   */
  readonly onEffect?: (effect: Effect, outcome: EffectOutcome['outcome'], thrown?: unknown) => void;
}

interface Acted {
  readonly outcome: EffectOutcome;
  readonly thrown?: unknown;
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
   * Rejects with `InstancesSetAsideError` when some instances cannot go on, after the others did; with a store's error
   * at once.
   *
   * With `leases` it first waits until no other runner acts, which is until that one's `run` ends, or at most as long
   * as the lease of one that was killed. So what is due is done when it resolves, whoever did it. One that loses the
   * lease does nothing more, writes nothing, and waits again. The lease is let go of at the end of every run.
   */
  readonly run: (signal?: AbortSignal) => Promise<void>;
  readonly instance: (instanceId: Uuid) => ProcessInstance<State, Effect> | undefined;
  readonly instances: () => ReadonlyMap<Uuid, ProcessInstance<State, Effect>>;
  /** Everything intended that has no outcome yet, with why. */
  readonly outstanding: () => readonly OutstandingEffect<Effect>[];
  /** The instances that could not go on in the last run, and why. */
  readonly setAside: () => readonly SetAsideInstance[];
  /** When there will be something to do if nothing else happens; absent: never. */
  readonly nextDueAt: () => Instant | undefined;
  /** Has a parked effect tried again, by whoever acts: this is the word of a person, and needs no lease. */
  readonly unpark: (instanceId: Uuid, effectId: Uuid) => Promise<void>;
  /**
   * Ends the run under way after the effect it is at; it and every later one reject with `store-closed`. Resolves when
   * it has ended and let go of the lease, so that a successor need not wait.
   */
  readonly close: () => Promise<void>;
}

const isDue = ({ parked, retryAt }: PendingEffect<unknown>, now: Instant): boolean =>
  parked === undefined && (retryAt === undefined || retryAt <= now);

const isAnyParked = ({ pending }: ProcessInstance<unknown, unknown>): boolean =>
  [...pending.values()].some(({ parked }) => parked !== undefined);

/** Runs the instances of one process: intents before acts, results after them, nothing forgotten in between. */
export const createProcessRunner = <Event extends DomainEvent, State, Effect extends JsonObject>(
  options: ProcessRunnerOptions<Event, State, Effect>,
): ProcessRunner<State, Effect> => {
  const { store, manager, clock, handle, retry = defaultRetryPolicy, onEffect } = options;
  const telemetry = harmlessTelemetry(options.telemetry);
  const setAside = createSetAside();
  const alone = createActingAlone(manager.name, options.leases);
  const log = createProcessLog(writtenAlone(store, alone), manager, setAside);
  const doInputsWait = manager.inputsWhileParked !== 'take-in';
  type Instance = ProcessInstance<State, Effect>;

  const instances = new Map<Uuid, Instance>();
  let recordPosition: Position | undefined;

  const catchUp = async (): Promise<void> => {
    recordPosition = await log.catchUp(instances, recordPosition);
  };

  const { extend } = createProcessWriter(manager.name, log, instances);

  /** Finishes what a crash left half written. */
  const settleAll = async (): Promise<void> => {
    for (const [instanceId, { owed }] of [...instances]) {
      if (owed === undefined) continue;
      await setAside.unless(instanceId, false, () => extend(instanceId, instanceId, () => undefined));
    }
  };

  const takeIn = async (instanceId: Uuid, recorded: RecordedEvent): Promise<TakenIn> => {
    const { eventId, type: eventType, schemaVersion, data: event, recordedAt } = recorded;
    let otherwise: TakenIn = 'known';
    const isTaken = await extend(instanceId, eventId, (instance) => {
      const isKnown = hasGrown(instance.inputs, eventId);
      otherwise = isKnown ? 'known' : 'held';
      // Judged by the instance as it is at the moment of writing: another runner may just have parked an effect.
      if (isKnown || (doInputsWait && isAnyParked(instance))) return undefined;
      return { type: 'InputReceived', data: { eventId, eventType, schemaVersion, event, recordedAt } };
    });
    return isTaken ? 'taken' : otherwise;
  };

  const intake = createProcessIntake({ store, manager, setAside, takeIn });

  const deadlines = createProcessDeadlines({ instances, setAside, clock, extend });

  const act = async (effect: Effect, effectId: Uuid, fencingToken?: number): Promise<Acted> => {
    try {
      return { outcome: storableOutcome(await handle(effect, effectId, fencingToken)) };
    } catch (thrown) {
      // What was thrown may hold anything, somebody's address among it; the record gets a code.
      return { outcome: { outcome: 'failed', reason: 'handler-threw' }, thrown };
    }
  };

  const actWatched = (effectId: Uuid, { effect, attempts }: PendingEffect<Effect>, fencingToken?: number) => {
    const attributes = {
      'mandate.process': manager.name,
      'mandate.effect.id': effectId,
      'mandate.attempt': attempts + 1,
    };
    return telemetry.inSpan('mandate.effect', attributes, async (span) => {
      const acted = await act(effect, effectId, fencingToken);
      span.set({ 'mandate.outcome': acted.outcome.outcome });
      if (acted.outcome.outcome !== 'completed') span.fail(acted.outcome.reason);
      return acted;
    });
  };

  const carryOut = async (
    instanceId: Uuid,
    effectId: Uuid,
    pending: PendingEffect<Effect>,
  ): Promise<Acted> => {
    const attempt = pending.attempts + 1;
    const acted = await alone.begin((fencingToken) => actWatched(effectId, pending, fencingToken));
    const { outcome } = acted;
    const trigger = derivedUuid(`attempt/${attempt}`, effectId);
    await extend(instanceId, trigger, (instance) => {
      const found = instance.pending.get(effectId);
      // Of two runners that tried at once, the second has no news, unless it succeeded where the first did not.
      if (found === undefined || (outcome.outcome !== 'completed' && found.attempts >= attempt))
        return undefined;
      return entryOfOutcome({ effectId, attempt, forgiven: found.forgiven, outcome }, clock(), retry);
    });
    return acted;
  };

  const carryOutIfDue = async (instanceId: Uuid, effectId: Uuid): Promise<boolean> => {
    const pending = instances.get(instanceId)?.pending.get(effectId);
    if (pending === undefined || !isDue(pending, clock())) return false;
    const acted = await setAside.unless(instanceId, undefined, () => carryOut(instanceId, effectId, pending));
    if (acted === undefined) return false;
    // Outside: what a listener throws is no fault of the instance.
    onEffect?.(pending.effect, acted.outcome.outcome, acted.thrown);
    return true;
  };

  const carryOutPending = async (signal: AbortSignal): Promise<boolean> => {
    let isBusy = false;
    for (const [instanceId, { pending }] of [...instances]) {
      for (const effectId of pending.keys()) {
        if (signal.aborted) return false;
        isBusy = (await carryOutIfDue(instanceId, effectId)) || isBusy;
      }
    }
    return isBusy;
  };

  /** One look at everything; tells whether there may be more to do. */
  const look = async (fired: FiredDeadlines, signal: AbortSignal): Promise<boolean> => {
    // What another runner did meanwhile need not be done again.
    await catchUp();
    await settleAll();
    const hasTakenIn = await intake.takeInNew(signal);
    const hasReleased = await intake.releaseHeld();
    // Whoever stopped it may have kept from it what makes a deadline void.
    if (signal.aborted) return false;
    const hasFired = await deadlines.fire(fired);
    return (await carryOutPending(signal)) || hasTakenIn || hasReleased || hasFired;
  };

  const runUntilIdle = async (signal: AbortSignal): Promise<void> => {
    setAside.restart();
    const fired: FiredDeadlines = new Map();
    while (!signal.aborted && (await look(fired, signal)));
    const instancesAside = setAside.all();
    if (instancesAside.length > 0) throw new InstancesSetAsideError(manager.name, instancesAside);
  };

  const runs = createProcessRuns((signal) => alone.work(() => runUntilIdle(signal), signal));
  const withoutLease = createProcessWriter(
    manager.name,
    createProcessLog(store, manager, setAside),
    instances,
  );

  return {
    run: runs.run,
    instance: (instanceId) => instances.get(instanceId),
    instances: () => instances,
    outstanding: () =>
      [...instances].flatMap(([instanceId, { pending }]) =>
        [...pending].map(([effectId, effect]) => ({ instanceId, effectId, ...effect })),
      ),
    setAside: setAside.all,
    nextDueAt: deadlines.nextDueAt,
    unpark: async (instanceId, effectId) => {
      const trigger = derivedUuid(`unpark/${clock()}`, effectId);
      await withoutLease.extend(instanceId, trigger, ({ pending }) =>
        pending.get(effectId)?.parked === undefined
          ? undefined
          : { type: 'EffectUnparked', data: { effectId, unparkedAt: clock() } },
      );
    },
    close: runs.close,
  };
};
