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

/** An entry, and the instance after it. */
interface NextEntry<State, Effect> {
  readonly entry: ProcessEvent;
  readonly after: ProcessInstance<State, Effect>;
}

/** What goes into one append, and the instance after it. */
interface Chunk<State, Effect> {
  readonly entries: readonly ProcessEvent[];
  readonly after: ProcessInstance<State, Effect>;
}

/** The entries in pieces of a size that can be appended; a large one stands alone. */
const chunksOf = <State, Effect>(
  next: readonly NextEntry<State, Effect>[],
): readonly Chunk<State, Effect>[] => {
  const chunks: { readonly entries: ProcessEvent[]; after: ProcessInstance<State, Effect> }[] = [];
  let bytes = 0;
  for (const { entry, after } of next) {
    const size = Buffer.byteLength(JSON.stringify(entry));
    const last = chunks.at(-1);
    const isFull =
      last === undefined || last.entries.length >= chunkMax.entries || bytes + size > chunkMax.bytes;
    bytes = isFull ? size : bytes + size;
    if (isFull) {
      chunks.push({ entries: [entry], after });
      continue;
    }
    last.entries.push(entry);
    last.after = after;
  }
  return chunks;
};

export const createProcessLog = <Event extends DomainEvent, State, Effect extends JsonObject>(
  store: EventStore,
  manager: ProcessManager<Event, State, Effect>,
  setAside: SetAside,
): ProcessLog<State, Effect> => {
  type Instance = ProcessInstance<State, Effect>;
  type Input = ProcessInput<Event, Effect>;
  type Next = NextEntry<State, Effect>;
  const prefix = `${manager.name}-`;
  const filter = { streamPrefix: prefix, types: processEventCodec.types };

  const decodeInput = (stream: string, { eventType, schemaVersion, event }: InputReceived['data']): Event =>
    decodeRecorded(manager.codec, {
      stream,
      type: eventType,
      schemaVersion,
      data: event,
    } as RecordedEvent);

  /** An entry with the instance after it, and what it tells the process, if anything. */
  const nextEntry = (
    instance: Instance,
    entry: ProcessEvent,
    stream: string,
  ): Next & { readonly input?: Input } => {
    const input = inputOf<Event, State, Effect>(instance, entry, (received) => decodeInput(stream, received));
    const evolved = evolveInstance(instance, entry, input);
    if (input === undefined) return { entry, after: evolved };
    return { entry, input, after: { ...evolved, state: manager.evolve(instance.state, input) } };
  };

  const load = async (instanceId: Uuid): Promise<Instance> => {
    const stream = prefix + instanceId;
    let instance: Instance = newProcessInstance(manager.initialState);
    for await (const recorded of readWholeStream(store, stream)) {
      instance = nextEntry(instance, decodeRecorded(processEventCodec, recorded), stream).after;
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
      instances.set(instanceId, nextEntry(instance, entry, recorded.stream).after);
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

  /** Adds entries in one append; answers with the instance that they lead to. */
  const write = async (
    instanceId: Uuid,
    { version }: Instance,
    trigger: Uuid,
    { entries, after }: Chunk<State, Effect>,
  ): Promise<Instance | 'overtaken'> => {
    const stream = prefix + instanceId;
    // Derived from what is written and where, so that nothing but the same append again has these ids.
    const commandId = derivedUuid(JSON.stringify([stream, version, trigger, entries[0]]), instanceId);
    const metadata = { commandId, correlationId: instanceId, causationId: trigger, actor: manager.name };
    const events = eventsToAppend(entries.map(processEventCodec.encode), metadata);
    const appended = await tryAppend(store, stream, version, events);
    return appended.outcome === 'conflict' ? 'overtaken' : after;
  };

  /** What follows from an input, from the so-manieth reaction on. */
  const entriesThatFollow = (
    stream: string,
    instance: Instance,
    input: Input,
    written: number,
  ): readonly Next[] => {
    let after = instance;
    return manager
      .react(instance.state, input)
      .slice(written)
      .map((reaction) => {
        const next = nextEntry(after, entryOf(stream, after, reaction), stream);
        after = next.after;
        return next;
      });
  };

  const settle: ProcessLog<State, Effect>['settle'] = async (instanceId, instance) => {
    const stream = prefix + instanceId;
    const { owed } = instance;
    if (owed?.input === undefined) return instance;
    const following = entriesThatFollow(stream, instance, owed.input as Input, owed.written);
    const before = following.at(-1)?.after ?? instance;
    const end = nextEntry(before, { type: 'ReactionsEnded', data: {} }, stream);
    let after: Instance | 'overtaken' = instance;
    for (const chunk of chunksOf([...following, end])) {
      const trigger = derivedUuid(`reactions/${after.version}`, instanceId);
      after = await write(instanceId, after, trigger, chunk);
      if (after === 'overtaken') return after;
    }
    return after;
  };

  const extend: ProcessLog<State, Effect>['extend'] = async (instanceId, instance, trigger, entry) => {
    const stream = prefix + instanceId;
    const { input, after } = nextEntry(instance, entry, stream);
    const following = input === undefined ? [] : entriesThatFollow(stream, after, input, 0);
    const [whole, ...rest] = chunksOf([{ entry, after }, ...following]);
    if (whole !== undefined && rest.length === 0) return write(instanceId, instance, trigger, whole);
    const begun = nextEntry(instance, { type: 'ReactionsBegun', data: {} }, stream);
    const told = nextEntry(begun.after, entry, stream);
    const owing = await write(instanceId, instance, trigger, {
      entries: [begun.entry, entry],
      after: told.after,
    });
    return owing === 'overtaken' ? owing : settle(instanceId, owing);
  };

  return { load, catchUp, extend, settle };
};
