import { createHash } from 'node:crypto';
import { isLeft, type Either } from 'fp-ts/Either';
import { isRecord } from '../codecs/guarded-codec';
import type { Snapshot } from './snapshot-store';

/** Between a state and JSON. An io-ts codec is one, with a version beside it. */
export interface StateCodec<State> {
  /** A value that survives `JSON.stringify` and `JSON.parse`. What it throws means that no snapshot is kept. */
  readonly encode: (state: State) => unknown;
  /** `Left`, or whatever it throws, means that the snapshot is not used. */
  readonly decode: (json: unknown) => Either<unknown, State>;
}

type Unsealed = Omit<Snapshot, 'digest' | 'content'>;

const digestOf = (name: string, snapshot: Omit<Snapshot, 'digest'>): string => {
  const { definitionVersion, eventCount, lastEventId, position, content } = snapshot;
  const parts = [name, definitionVersion, eventCount, lastEventId, position, content];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
};

/** A snapshot whose digest says that it is whole, and of that name. */
export const sealedSnapshot = (name: string, unsealed: Unsealed, content: object): Snapshot => {
  const whole = { ...unsealed, content: JSON.stringify(content) };
  return { ...whole, digest: digestOf(name, whole) };
};

/** The content of a snapshot that is whole and was made by this definition; `undefined` for any other. */
export const contentOf = (
  name: string,
  definitionVersion: number,
  snapshot: Snapshot,
): Readonly<Record<string, unknown>> | undefined => {
  if (snapshot.definitionVersion !== definitionVersion) return undefined;
  if (snapshot.digest !== digestOf(name, snapshot)) return undefined;
  const content: unknown = JSON.parse(snapshot.content);
  return isRecord(content) ? content : undefined;
};

/** A state in a box, since it may be anything, also `undefined`. */
export const stateIn = <State>(
  codec: StateCodec<State>,
  json: unknown,
): { readonly state: State } | undefined => {
  const decoded = codec.decode(json);
  return isLeft(decoded) ? undefined : { state: decoded.right };
};

/** A listener that cannot do harm, whatever it throws. */
export const harmless =
  (onFailure: ((error: unknown) => void) | undefined) =>
  (error: unknown): void => {
    try {
      onFailure?.(error);
    } catch {
      // Nothing that concerns snapshots may fail what does without them.
    }
  };
