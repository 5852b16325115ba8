import type { KeyCustody } from './key-custody';
import type { DataSetKeyPath, KeyPath, RecipientKeyPath } from './key-path';
import { KeyRing } from './key-ring';
import type { CreateOutcome, Erased } from './key-store';
import { parentVersionOf, unwrapUnderParent, wrapUnderParent } from './key-wrapping';
import type { Frozen, OpenedKey } from './opened-key';
import type { OperationInFlight } from './operations-in-flight';

type Answer = OpenedKey | Erased | Frozen;

/**
 * The keys of many recipients of one data set, created where they were never known, in one transaction of the key store.
 * New ones are not cached: an import seldom comes back to a recipient soon. Those who came back are, where there is room:
 * an import must not push out other keys, above all contract keys, whose unwrapping may be a paid call.
 */
export const openOrCreateMany = async (
  custody: KeyCustody,
  dataSet: DataSetKeyPath,
  recipients: readonly RecipientKeyPath[],
  operation: OperationInFlight,
): Promise<readonly Answer[]> => {
  const erased = await erasedBefore(custody, dataSet, recipients);
  if (erased !== undefined) return erased;
  const parent = await custody.openOrCreate(dataSet, operation);
  if (parent.state === 'erased') return recipients.map(() => parent);
  if (parent.state === 'frozen') return frozenUnlessErased(custody, recipients, parent);
  const fresh = recipients.map((path) => {
    const ring = KeyRing.create('recipient');
    return { path, ring, wrapped: wrapUnderParent(ring, path, parent.ring) };
  });
  const answers: Answer[] = [];
  try {
    const parentGeneration = parent.generation;
    const outcomes = await custody.keyStore.create(
      fresh.map(({ path, wrapped }) => ({ path, wrapped, parentGeneration })),
    );
    for (const [index, { path, ring }] of fresh.entries()) {
      const answer = answerOf(outcomes[index], ring, parent);
      keepIfRoom(custody, operation, { path, outcome: outcomes[index], answer });
      // What needs a second look (a rotation in between) takes the way of single keys.
      answers.push(answer ?? (await custody.openOrCreate(path, operation)));
    }
    return answers;
  } catch (error) {
    wipeAll(answers);
    throw error;
  } finally {
    for (const { ring } of fresh) ring.wipe();
    parent.ring.wipe();
  }
};

interface Created {
  readonly path: KeyPath;
  readonly outcome: CreateOutcome | undefined;
  readonly answer: Answer | null;
}

const keepIfRoom = (
  { cache }: KeyCustody,
  operation: OperationInFlight,
  { path, outcome, answer }: Created,
): void => {
  if (outcome?.outcome !== 'known') return;
  // A fence of this process may have emptied the cache already; nothing is put back behind its back.
  if (answer?.state !== 'active' || operation.isTouchedByFence) return;
  const { ring, generation, frozenAt, revision } = answer;
  cache.putIfRoom({ path, ring: ring.copy(), generation, frozenAt, revision });
};

/** Recipients who were all erased before their data set was known: nothing is created for their sake. */
const erasedBefore = async (
  { keyStore }: KeyCustody,
  dataSet: DataSetKeyPath,
  recipients: readonly RecipientKeyPath[],
): Promise<readonly Erased[] | undefined> => {
  if ((await keyStore.read(dataSet)).state !== 'never-known') return undefined;
  const erased: Erased[] = [];
  for (const path of recipients) {
    const reading = await keyStore.read(path);
    // Usually the first one is none of them, and the look-up ends there.
    if (reading.state !== 'erased') return undefined;
    erased.push(reading);
  }
  return erased;
};

/** A frozen contract without this data set: what was erased before stays erased, whatever else holds. */
const frozenUnlessErased = async (
  { keyStore }: KeyCustody,
  recipients: readonly RecipientKeyPath[],
  frozen: Frozen,
): Promise<readonly (Erased | Frozen)[]> => {
  const readings = await Promise.all(recipients.map((path) => keyStore.read(path)));
  return readings.map((reading) => (reading.state === 'erased' ? reading : frozen));
};

export const wipeAll = (answers: readonly Answer[]): void => {
  for (const answer of answers) {
    if (answer.state === 'active') answer.ring.wipe();
  }
};

const answerOf = (outcome: CreateOutcome | undefined, ring: KeyRing, parent: OpenedKey): Answer | null => {
  const { frozenAt, revision } = parent;
  switch (outcome?.outcome) {
    case 'created':
      return { state: 'active', ring: ring.copy(), generation: 1, frozenAt, revision };
    case 'known': {
      const { key } = outcome;
      if (parent.ring.wrappingKey(parentVersionOf(key.wrapped)) === null) return null;
      const known = unwrapUnderParent(key, parent.ring);
      return { state: 'active', ring: known, generation: key.generation, frozenAt, revision };
    }
    case 'erased':
      return outcome.erased;
    case 'frozen':
      return { state: 'frozen', frozenAt: outcome.frozenAt };
    case 'parent-changed':
    case 'parent-never-known':
    case undefined:
      return null;
  }
};
