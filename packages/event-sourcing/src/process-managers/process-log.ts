import { tryAppend } from '../event-store/append-outcome';
import { decodeRecorded, type DomainEvent } from '../codecs/event-codec';
import { eventsToAppend } from '../event-store/event-id';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import type { JsonObject } from '../values/json';
import { evolveInstance, inputOf, newProcessInstance, type ProcessInstance } from './process-instance';
import type { ProcessInput, ProcessManager, ProcessReaction } from './process-manager';
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
   * Adds an entry, and after it the reactions to what it tells the process, in one append if they fit. Answers with
   * the instance afterwards, or with `overtaken` when somebody else added to the record first.
   */
  readonly extend: (
    instanceId: Uuid,
    instance: ProcessInstance<State, Effect>,
    trigger: Uuid,
    entry: ProcessEvent,
  ) => Promise<ProcessInstance<State, Effect> | 'overtaken'>;
  /** Writes what an instance still owes, because a crash came in between. */
  readonly settle: (
    instanceId: Uuid,
    instance: ProcessInstance<State, Effect>,
  ) => Promise<ProcessInstance<State, Effect> | 'overtaken'>;
}

/** As much as one append takes with some room to spare. */
const chunkMax = { entries: 200, bytes: 400_000 } as const;

/** The entries in pieces of a size that can be appended; a large one stands alone. */
const chunksOf = (entries: readonly ProcessEvent[]): readonly (readonly ProcessEvent[])[] => {
  const chunks: ProcessEvent[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry));
    const last = chunks.at(-1);
    const isFull = last === undefined || last.length >= chunkMax.entries || bytes + size > chunkMax.bytes;
    if (isFull) chunks.push([entry]);
    else last.push(entry);
    bytes = isFull ? size : bytes + size;
  }
  return chunks;
};

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
    const evolved = evolveInstance(instance, entry, input);
    return input === undefined ? evolved : { ...evolved, state: manager.evolve(instance.state, input) };
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

  /** Adds entries in one append. */
  const write = async (
    instanceId: Uuid,
    instance: Instance,
    trigger: Uuid,
    entries: readonly ProcessEvent[],
  ): Promise<Instance | 'overtaken'> => {
    const stream = prefix + instanceId;
    const after = entries.reduce((before, entry) => applied(before, entry, stream), instance);
    // Derived from what is written and where, so that nothing but the same append again has these ids.
    const commandId = derivedUuid(
      JSON.stringify([stream, instance.version, trigger, entries[0]]),
      instanceId,
    );
    const metadata = { commandId, correlationId: instanceId, causationId: trigger, actor: manager.name };
    const events = eventsToAppend(entries.map(processEventCodec.encode), metadata);
    const appended = await tryAppend(store, stream, instance.version, events);
    return appended.outcome === 'conflict' ? 'overtaken' : after;
  };

  /** What follows from an input, from the so-manieth reaction on, as entries of the record. */
  const entriesThatFollow = (
    instanceId: Uuid,
    instance: Instance,
    input: ProcessInput<Event, Effect>,
    written: number,
  ): readonly ProcessEvent[] => {
    const stream = prefix + instanceId;
    let after = instance;
    return manager
      .react(instance.state, input)
      .slice(written)
      .map((reaction) => {
        const entry = entryOf(stream, after, reaction);
        after = applied(after, entry, stream);
        return entry;
      });
  };

  const settle: ProcessLog<State, Effect>['settle'] = async (instanceId, instance) => {
    const { owed } = instance;
    if (owed?.input === undefined) return instance;
    const input = owed.input as ProcessInput<Event, Effect>;
    const chunks = chunksOf([
      ...entriesThatFollow(instanceId, instance, input, owed.written),
      { type: 'ReactionsEnded', data: {} },
    ]);
    let after: Instance | 'overtaken' = instance;
    for (const chunk of chunks) {
      const trigger = derivedUuid(`reactions/${after.version}`, instanceId);
      after = await write(instanceId, after, trigger, chunk);
      if (after === 'overtaken') return after;
    }
    return after;
  };

  const extend: ProcessLog<State, Effect>['extend'] = async (instanceId, instance, trigger, entry) => {
    const stream = prefix + instanceId;
    const input = inputOf<Event, State, Effect>(instance, entry, (received) => decodeInput(stream, received));
    const after = applied(instance, entry, stream);
    const following = input === undefined ? [] : entriesThatFollow(instanceId, after, input, 0);
    if (chunksOf([entry, ...following]).length === 1) {
      return write(instanceId, instance, trigger, [entry, ...following]);
    }
    const begun: ProcessEvent = { type: 'ReactionsBegun', data: {} };
    const owing = await write(instanceId, instance, trigger, [begun, entry]);
    return owing === 'overtaken' ? owing : settle(instanceId, owing);
  };

  return { load, catchUp, extend, settle };
};
