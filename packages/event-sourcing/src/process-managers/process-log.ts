import { tryAppend } from '../event-store/append-outcome';
import { decodeRecorded, type DomainEvent } from '../codecs/event-codec';
import { eventsToAppend } from '../event-store/event-id';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import type { JsonObject } from '../values/json';
import { evolveBookkeeping, inputOf, newProcessInstance, type ProcessInstance } from './process-instance';
import type { ProcessManager, ProcessReaction } from './process-manager';
import { effectIdOf } from './process-effect-id';
import { processEventCodec, type InputReceived, type ProcessEvent } from './process-record';
import type { SetAside } from './process-set-aside';
import type { Position } from '../event-store/position';
import { readWholeStream } from '../event-store/read-whole-stream';
import { derivedUuid, isUuid, type Uuid } from '../values/uuid';

/** Reads and extends the records of a process's instances; knows nothing of when or why. */
export interface ProcessLog<State, Effect> {
  /** The instance as its record stands now. */
  readonly load: (instanceId: Uuid) => Promise<ProcessInstance<State, Effect>>;
  /**
   * Brings instances up to what is on record by now, whoever put it there; answers how far that is, which is where
   * the next call begins.
   */
  readonly catchUp: (
    instances: Map<Uuid, ProcessInstance<State, Effect>>,
    after: Position | undefined,
  ) => Promise<Position | undefined>;
  /**
   * Adds entries, and after them the reactions to what they tell the process, in one append. Answers with the
   * instance afterwards, or with `overtaken` when somebody else added to the record first.
   */
  readonly extend: (
    instanceId: Uuid,
    instance: ProcessInstance<State, Effect>,
    trigger: Uuid,
    entry: ProcessEvent,
  ) => Promise<ProcessInstance<State, Effect> | 'overtaken'>;
}

export const createProcessLog = <Event extends DomainEvent, State, Effect extends JsonObject>(
  store: EventStore,
  manager: ProcessManager<Event, State, Effect>,
  setAside: SetAside,
): ProcessLog<State, Effect> => {
  type Instance = ProcessInstance<State, Effect>;
  const prefix = `${manager.name}-`;
  const filter = { streamPrefix: prefix, types: processEventCodec.types };

  const decodeInput = (stream: string, { eventType, schemaVersion, event }: InputReceived['data']): Event =>
    decodeRecorded(manager.codec, {
      stream,
      type: eventType,
      schemaVersion,
      data: event,
    } as RecordedEvent);

  const applied = (instance: Instance, entry: ProcessEvent, stream: string): Instance => {
    const input = inputOf<Event, State, Effect>(instance, entry, (received) => decodeInput(stream, received));
    const evolved = evolveBookkeeping(instance, entry);
    const version = instance.version + 1;
    return input === undefined
      ? { ...evolved, version }
      : { ...evolved, version, state: manager.evolve(instance.state, input) };
  };

  const load = async (instanceId: Uuid): Promise<Instance> => {
    const stream = prefix + instanceId;
    let instance: Instance = newProcessInstance(manager.initialState);
    for await (const recorded of readWholeStream(store, stream)) {
      instance = applied(instance, decodeRecorded(processEventCodec, recorded), stream);
    }
    return instance;
  };

  const follow = (instances: Map<Uuid, Instance>, recorded: RecordedEvent): void => {
    const instanceId = recorded.stream.slice(prefix.length);
    // The name of another process may begin with the name of this one.
    if (!isUuid(instanceId) || setAside.isUnreadable(instanceId)) return;
    const instance = instances.get(instanceId) ?? newProcessInstance<State, Effect>(manager.initialState);
    // Known already, from when it was written.
    if (recorded.version <= instance.version) return;
    try {
      const entry = decodeRecorded(processEventCodec, recorded);
      instances.set(instanceId, applied(instance, entry, recorded.stream));
    } catch (error) {
      setAside.addUnreadable(instanceId, error);
      // What it still meant to do may be done already, for all that can be read.
      instances.delete(instanceId);
    }
  };

  const catchUp: ProcessLog<State, Effect>['catchUp'] = async (instances, after) => {
    for (let position = after; ;) {
      const page = await store.readAll({ filter, after: position });
      for (const recorded of page.events) follow(instances, recorded);
      position = page.next ?? position;
      if (page.atHead) return position;
    }
  };

  const entryOf = (stream: string, instance: Instance, reaction: ProcessReaction<Effect>): ProcessEvent => {
    switch (reaction.kind) {
      case 'effect': {
        const { effect } = reaction;
        const effectId = effectIdOf(stream, instance.intended, effect);
        return { type: 'EffectIntended', data: { effectId, effect } };
      }
      case 'set-deadline':
        return { type: 'DeadlineSet', data: { deadline: reaction.deadline, dueAt: reaction.dueAt } };
      case 'cancel-deadline':
        return { type: 'DeadlineCancelled', data: { deadline: reaction.deadline } };
    }
  };

  const extend: ProcessLog<State, Effect>['extend'] = async (instanceId, instance, trigger, entry) => {
    const stream = prefix + instanceId;
    const input = inputOf<Event, State, Effect>(instance, entry, (received) => decodeInput(stream, received));
    let after = applied(instance, entry, stream);
    const entries = [entry];
    for (const reaction of input === undefined ? [] : manager.react(after.state, input)) {
      const next = entryOf(stream, after, reaction);
      entries.push(next);
      after = applied(after, next, stream);
    }
    // Derived from what is written and where, so that nothing but the same append again has these ids.
    const commandId = derivedUuid(JSON.stringify([stream, instance.version, trigger, entry]), instanceId);
    const metadata = { commandId, correlationId: instanceId, causationId: trigger, actor: manager.name };
    const events = eventsToAppend(entries.map(processEventCodec.encode), metadata);
    const appended = await tryAppend(store, stream, instance.version, events);
    return appended.outcome === 'conflict' ? 'overtaken' : after;
  };

  return { load, catchUp, extend };
};
