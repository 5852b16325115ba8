import {
  decodeIssuesOf,
  instantCodec,
  isUuid,
  recordCodec,
  sentenceOfIssue,
  systemClock,
  type Clock,
  type Instant,
} from '@mandate/event-sourcing';
import type { ErasureOrder } from '@mandate/deletion';
import { isLeft } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { join } from 'node:path';
import { createFile, files as nodeFiles, readIfThere, type Files } from '../durable-file';
import { erasureOrder, isSameOrder, orderIn } from '../erasure-order';
import { attestation, recordedAttestation, type Attestation, type RecordedAttestation } from './attestation';
import type { AttestationOutcome, Attestations, AwaitedOrder } from './attestations';

export interface AttestationFolderOptions {
  readonly folder: string;
  readonly clock?: Clock;
  /** What stands for `node:fs/promises`; for tests. */
  readonly files?: Files;
}

/** A file of the folder does not say what it should. Somebody has to look at it. */
export class AttestationFileError extends Error {
  override readonly name = 'AttestationFileError';
  readonly code = 'attestation-file-not-readable';
}

/** Tells this error from any other, also when two copies of this package are installed. */
export const isAttestationFileError = (error: unknown): error is AttestationFileError =>
  error instanceof Error && 'code' in error && error.code === 'attestation-file-not-readable';

const awaitedOrder: t.Type<AwaitedOrder, unknown> = recordCodec<AwaitedOrder>('an awaited order', {
  order: erasureOrder,
  since: instantCodec,
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const decoded = <T>(codec: t.Type<T, unknown>, text: string, name: string): T => {
  const found = codec.decode(parsed(text));
  if (!isLeft(found)) return found.right;
  const [issue] = decodeIssuesOf(found.left);
  const sentence = issue === undefined ? '' : sentenceOfIssue(issue);
  throw new AttestationFileError(`${name}: expected ${codec.name}. ${sentence} Restore it from a backup.`);
};

type RefusalCode = Extract<AttestationOutcome, { outcome: 'refused' }>['code'];

const refused = (code: RefusalCode): AttestationOutcome => ({ outcome: 'refused', code });

/** Why it cannot be as she says. */
const objectionTo = (
  { found, erased, firstActionAt, lastActionAt }: Attestation,
  now: Instant,
): RefusalCode | undefined => {
  if (found !== erased) return 'incomplete';
  return lastActionAt < firstActionAt || now < lastActionAt ? 'impossible-times' : undefined;
};

/** Attestations in a folder: two small files for each order, each written once, whole and durably. */
export const attestationFolder = (options: AttestationFolderOptions): Attestations => {
  const { folder, clock = systemClock, files: on = nodeFiles } = options;

  const read = async <T>(codec: t.Type<T, unknown>, name: string): Promise<T | undefined> => {
    const text = await readIfThere(on, join(folder, name));
    return text === undefined ? undefined : decoded(codec, text, name);
  };
  const create = async (name: string, contents: object): Promise<boolean> => {
    await on.mkdir(folder, { recursive: true, mode: 0o700 });
    return createFile(on, join(folder, name), `${JSON.stringify(contents, undefined, 2)}\n`);
  };
  const readAwaited = (key: string): Promise<AwaitedOrder | undefined> =>
    read(awaitedOrder, `${key}.awaited.json`);
  const readAttested = (key: string): Promise<RecordedAttestation | undefined> =>
    read(recordedAttestation, `${key}.attested.json`);

  const take = async (given: Attestation): Promise<AttestationOutcome> => {
    const { idempotencyKey } = given.order;
    const awaited = await readAwaited(idempotencyKey);
    if (awaited === undefined || !isSameOrder(awaited.order, given.order)) return refused('not-awaited');
    const now = clock();
    const objection = objectionTo(given, now);
    if (objection !== undefined) return refused(objection);
    const recorded: RecordedAttestation = { ...given, attestedAt: now };
    const isFirst = await create(`${idempotencyKey}.attested.json`, recorded);
    return isFirst ? { outcome: 'recorded', attestation: recorded } : refused('attested-already');
  };

  const keysOfAwaited = async (): Promise<readonly string[]> => {
    await on.mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await on.readdir(folder);
    return names
      .flatMap((name) => (name.endsWith('.awaited.json') ? [name.slice(0, -13)] : []))
      .filter(isUuid);
  };

  return {
    await: async (order: ErasureOrder) => {
      const { idempotencyKey } = order;
      const awaited = { order: orderIn(order), since: clock() };
      if (await create(`${idempotencyKey}.awaited.json`, awaited)) return awaited;
      const known = await readAwaited(idempotencyKey);
      if (known !== undefined && isSameOrder(known.order, order)) return known;
      throw new AttestationFileError(
        `${idempotencyKey}.awaited.json: expected this order, found another one.`,
      );
    },
    record: async (given) => {
      const found = attestation.decode(given);
      if (!isLeft(found)) return take(found.right);
      return { outcome: 'invalid', sentence: decodeIssuesOf(found.left).map(sentenceOfIssue).join(' ') };
    },
    read: async (idempotencyKey) => (isUuid(idempotencyKey) ? readAttested(idempotencyKey) : undefined),
    outstanding: async () => {
      const waiting: AwaitedOrder[] = [];
      for (const key of await keysOfAwaited()) {
        const awaited = await readAwaited(key);
        if (awaited !== undefined && (await readAttested(key)) === undefined) waiting.push(awaited);
      }
      return waiting.sort((one, other) => (one.since < other.since ? -1 : 1));
    },
  };
};
