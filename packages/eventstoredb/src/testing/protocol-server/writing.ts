import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { ErrorStatus } from './statuses';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Ends a call with an error; `destroy` would leave the client waiting. */
export const failCall = (call: ReadCall, error: ErrorStatus): void => {
  call.emit('error', error);
};

/** Writes one message, and waits for room when there is none. False when the client is gone. */
export const writeTo = async (call: ReadCall, message: ReadResp): Promise<boolean> => {
  if (call.cancelled || call.writableEnded) return false;
  if (call.write(message)) return true;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      for (const name of ['drain', 'cancelled', 'close', 'error']) call.off(name, done);
      resolve();
    };
    for (const name of ['drain', 'cancelled', 'close', 'error']) call.on(name, done);
  });
  return !call.cancelled;
};
