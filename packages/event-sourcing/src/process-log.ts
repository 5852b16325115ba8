import { tryAppend } from './append-outcome';
import { decodeRecorded, type DomainEvent } from './event-codec';
import { eventsToAppend } from './event-id';
import type { EventStore, RecordedEvent } from './event-store';
import type { JsonObject } from './json';
import { evolveBookkeeping, inputOf, newProcessInstance, type ProcessInstance } from './process-instance';
import type { ProcessManager, ProcessReaction } from './process-manager';
import { processEventCodec, type InputReceived, type ProcessEvent } from './process-record';
import { readWholeStream } from './read-whole-stream';
import { derivedUuid, type Uuid } from './uuid';

/** Reads and extends the records of a process's instances; knows nothing of when or why. */
export interface ProcessLog<State, Effect> {
  /** The instance as its record stands now. */
  readonly load: (instanceId: Uuid) => Promise<ProcessInstance<State, Effect>>;
  /** Every instance on record. */
  readonly loadAll: () => Promise<Map<Uuid, ProcessInstance<State, Effect>>>;
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
): ProcessLog<State, Effect> => {
  type Instance = ProcessInstance<State, Effect>;
  const prefix = `${manager.name}-`;

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

  const loadAll = async (): Promise<Map<Uuid, Instance>> => {
    const instances = new Map<Uuid, Instance>();
    const filter = { streamPrefix: prefix, types: processEventCodec.types };
    for (
      let page = await store.readAll({ filter });
      ;
      page = await store.readAll({ filter, after: page.next })
    ) {
      for (const recorded of page.events) {
        const instanceId = recorded.stream.slice(prefix.length) as Uuid;
        const instance = instances.get(instanceId) ?? newProcessInstance<State, Effect>(manager.initialState);
        instances.set(
          instanceId,
          applied(instance, decodeRecorded(processEventCodec, recorded), recorded.stream),
        );
      }
      if (page.atHead) return instances;
    }
  };

  const entryOf = (reaction: ProcessReaction<Effect>, effectId: Uuid): ProcessEvent => {
    switch (reaction.kind) {
      case 'effect':
        return { type: 'EffectIntended', data: { effectId, effect: reaction.effect } };
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
    const reactions = input === undefined ? [] : manager.react(after.state, input);
    const entries = [
      entry,
      ...reactions.map((reaction, ordinal) =>
        entryOf(reaction, derivedUuid(`${trigger}/${ordinal}`, instanceId)),
      ),
    ];
    const commandId = derivedUuid(`${entry.type}/${trigger}`, instanceId);
    const metadata = { commandId, correlationId: instanceId, causationId: trigger, actor: manager.name };
    const events = eventsToAppend(entries.map(processEventCodec.encode), metadata);
    const appended = await tryAppend(store, stream, instance.version, events);
    if (appended.outcome === 'conflict') return 'overtaken';
    for (const reaction of entries.slice(1)) after = applied(after, reaction, stream);
    return after;
  };

  return { load, loadAll, extend };
};
