import type { handleUnaryCall, sendUnaryData } from '@grpc/grpc-js';
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

/** Answers with the place of what was written to remove a stream, or with why it was not removed. */
const answer = <Response>(
  removed: StoredEvent | ErrorStatus,
  respond: sendUnaryData<Response>,
  responseAt: (position: string) => Response,
): void => {
  if ('code' in removed) respond(removed);
  else respond(null, responseAt(String(removed.position)));
};

/** Deletes a stream softly: reads no longer show it, appends bring it back. */
export const deleteCallOn =
  (state: ServerState): handleUnaryCall<DeleteReq, DeleteResp> =>
  ({ request }, respond) => {
    const removed = remove(state, request.getOptions() ?? new DeleteReq.Options(), 'deleteSoftly');
    answer(removed, respond, (at) =>
      new DeleteResp().setPosition(new DeleteResp.Position().setCommitPosition(at).setPreparePosition(at)),
    );
  };

/** Deletes a stream for good: its name can never be used again. */
export const tombstoneCallOn =
  (state: ServerState): handleUnaryCall<TombstoneReq, TombstoneResp> =>
  ({ request }, respond) => {
    const removed = remove(state, request.getOptions() ?? new TombstoneReq.Options(), 'tombstone');
    answer(removed, respond, (at) =>
      new TombstoneResp().setPosition(
        new TombstoneResp.Position().setCommitPosition(at).setPreparePosition(at),
      ),
    );
  };
