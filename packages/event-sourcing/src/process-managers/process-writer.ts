import type { Uuid } from '../values/uuid';
import { lostRecordError } from './lost-record-error';
import type { ProcessInstance } from './process-instance';
import type { ProcessLog } from './process-log';
import type { ProcessEvent } from './process-record';

/** Adds to the records of a process's instances, whoever else does. */
export interface ProcessWriter<State, Effect> {
  /**
   * Adds what a look at the instance as it is then gives; when somebody else was first, looks again and decides anew.
   * Tells whether there was anything to add.
   */
  readonly extend: (
    instanceId: Uuid,
    trigger: Uuid,
    entryFor: (instance: ProcessInstance<State, Effect>) => ProcessEvent | undefined,
  ) => Promise<boolean>;
}

/** A writer of the process of that name, which keeps the instances up to date with what it sees and writes. */
export const createProcessWriter = <State, Effect>(
  name: string,
  log: ProcessLog<State, Effect>,
  instances: Map<Uuid, ProcessInstance<State, Effect>>,
): ProcessWriter<State, Effect> => {
  type Instance = ProcessInstance<State, Effect>;
  type EntryFor = (instance: Instance) => ProcessEvent | undefined;

  /** The instance to go on from: what was just seen, unless something newer has been seen meanwhile. */
  const newest = (instanceId: Uuid, seen: Instance): Instance => {
    const known = instances.get(instanceId);
    const instance = known === undefined || known.version < seen.version ? seen : known;
    if (instance.version > 0) instances.set(instanceId, instance);
    return instance;
  };

  /** Adds to an instance's record as it was last seen, if there is anything to add. */
  const tryExtend = async (
    instanceId: Uuid,
    seen: Instance,
    trigger: Uuid,
    entryFor: EntryFor,
  ): Promise<'extended' | 'nothing-to-add' | 'overtaken'> => {
    const settled = await log.settle(instanceId, seen);
    if (settled === 'overtaken') return settled;
    const instance = newest(instanceId, settled);
    const entry = entryFor(instance);
    if (entry === undefined) return 'nothing-to-add';
    const after = await log.extend(instanceId, instance, trigger, entry);
    if (after === 'overtaken') return after;
    newest(instanceId, after);
    return 'extended';
  };

  return {
    extend: async (instanceId, trigger, entryFor) => {
      for (let seen = instances.get(instanceId) ?? newest(instanceId, await log.load(instanceId)); ;) {
        const outcome = await tryExtend(instanceId, seen, trigger, entryFor);
        if (outcome !== 'overtaken') return outcome === 'extended';
        const found = await log.load(instanceId);
        if (found.version < seen.version) throw lostRecordError(name, instanceId, seen, found);
        seen = newest(instanceId, found);
      }
    },
  };
};
