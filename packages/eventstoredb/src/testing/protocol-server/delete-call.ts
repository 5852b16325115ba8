import type { handleUnaryCall } from '@grpc/grpc-js';
import {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb';
import type { StoredEvent } from './event-log';
import { nameIn } from './messages';
import type { ServerState } from './server-state';
import { statuses, type ErrorStatus } from './statuses';

const anyRevision = -2;

const expectedOf = (options: DeleteReq.Options | TombstoneReq.Options): number => {
  if (options.hasNoStream()) return -1;
  return options.hasRevision() ? Number(options.getRevision()) : anyRevision;
};

const remove = (
  { streams }: ServerState,
  options: DeleteReq.Options | TombstoneReq.Options,
  how: 'deleteSoftly' | 'tombstone',
): StoredEvent | ErrorStatus => {
  const [stream, expected] = [nameIn(options.getStreamIdentifier()), expectedOf(options)];
  const { isTombstoned, lastRevision } = streams.stateOf(stream);
  if (isTombstoned) return statuses.streamDeleted(stream);
  if (expected !== anyRevision && expected !== lastRevision) {
    return statuses.wrongExpectedVersion(stream, expected, lastRevision);
  }
  return streams[how](stream);
};

/** Deletes a stream softly: reads no longer show it, appends bring it back. */
export const deleteCallOn =
  (state: ServerState): handleUnaryCall<DeleteReq, DeleteResp> =>
  ({ request }, respond) => {
    const removed = remove(state, request.getOptions() ?? new DeleteReq.Options(), 'deleteSoftly');
    if ('code' in removed) {
      respond(removed);
      return;
    }
    const text = String(removed.position);
    respond(
      null,
      new DeleteResp().setPosition(
        new DeleteResp.Position().setCommitPosition(text).setPreparePosition(text),
      ),
    );
  };

/** Deletes a stream for good: its name can never be used again. */
export const tombstoneCallOn =
  (state: ServerState): handleUnaryCall<TombstoneReq, TombstoneResp> =>
  ({ request }, respond) => {
    const removed = remove(state, request.getOptions() ?? new TombstoneReq.Options(), 'tombstone');
    if ('code' in removed) {
      respond(removed);
      return;
    }
    const text = String(removed.position);
    respond(
      null,
      new TombstoneResp().setPosition(
        new TombstoneResp.Position().setCommitPosition(text).setPreparePosition(text),
      ),
    );
  };
