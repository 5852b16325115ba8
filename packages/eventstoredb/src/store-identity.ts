import { randomUUID } from 'node:crypto';
import { EventStoreError, isRecord, isUuid, type StoreId } from '@mandate/event-sourcing';
import { answerInTime } from './answer-in-time';
import type { ClientRecordedEvent, Credentials, EventStoreDbClient } from './client';
import { clientFailureOf } from './client-failure';
import { visitRead } from './read/client-reading';
import { isGone, type ReadInTime } from './read/reading-in-time';

/** Where the database keeps who it is. No stream of a store can have this name, since theirs begin with a letter. */
const identityStream = '_mandate-store';

export interface IdentityOptions {
  readonly client: EventStoreDbClient;
  readonly credentials: Credentials;
  readonly readInTime: ReadInTime;
  readonly attemptMs: number;
}

interface Identity {
  readonly storeId: StoreId;
  readonly revision: bigint;
}

const identityOf = ({ data, revision }: ClientRecordedEvent): Identity => {
  const storeId = isRecord(data) ? data['storeId'] : undefined;
  if (!isUuid(storeId)) {
    throw new EventStoreError({
      kind: 'corrupt',
      position: String(revision),
      stream: identityStream,
      type: 'StoreIdentified',
      reason: 'it does not name the store',
    });
  }
  return { storeId: storeId as string as StoreId, revision };
};

const readIdentity = ({ client, credentials, readInTime }: IdentityOptions): Promise<Identity | undefined> =>
  readInTime(async (silenceMs) => {
    let last: ClientRecordedEvent | undefined;
    const read = client.readStream(identityStream, {
      direction: 'backwards',
      fromRevision: 'end',
      maxCount: 1,
      credentials,
      requiresLeader: true,
    });
    try {
      await visitRead(read, silenceMs, (event) => {
        last = event;
        return true;
      });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return last === undefined ? undefined : identityOf(last);
  });

const writeIdentity = (
  { client, credentials, attemptMs }: IdentityOptions,
  earlier: Identity | undefined,
): Promise<unknown> => {
  const revision = earlier === undefined ? 'no_stream' : earlier.revision;
  const event = {
    id: randomUUID(),
    type: 'StoreIdentified',
    contentType: 'application/json',
    data: { storeId: randomUUID() },
    metadata: new Uint8Array(),
  } as const;
  return answerInTime(attemptMs, () =>
    client.appendToStream(identityStream, [event], {
      expectedRevision: revision,
      streamState: revision,
      credentials,
      requiresLeader: true,
      deadline: attemptMs,
    }),
  );
};

/** Who the database is. The first to ask decides; all others, also at the same moment, are told the same. */
export const storeIdOfDatabase = async (options: IdentityOptions): Promise<StoreId> => {
  const found = await readIdentity(options);
  if (found !== undefined) return found.storeId;
  let cause: unknown;
  try {
    await writeIdentity(options, undefined);
  } catch (error) {
    // Another process may have been first, or ours may have been written: both show when it is read.
    const failure = clientFailureOf(error);
    if (failure.kind === 'refused') {
      throw new EventStoreError(
        { kind: 'unavailable', retryable: false, reason: failure.reason },
        { cause: error },
      );
    }
    cause = error;
  }
  const written = await readIdentity(options);
  if (written !== undefined) return written.storeId;
  throw new EventStoreError(
    { kind: 'unavailable', retryable: true, reason: 'the store could not be given an identity' },
    { cause },
  );
};

/** Gives a database that was restored another identity. Throws the client's error when somebody else does so, too. */
export const renewStoreIdOfDatabase = async (options: IdentityOptions): Promise<StoreId> => {
  const earlier = await readIdentity(options);
  if (earlier !== undefined) await writeIdentity(options, earlier);
  return storeIdOfDatabase(options);
};
