import { Metadata, status } from '@grpc/grpc-js';

/** An answer that is an error, as gRPC carries it. */
export interface ErrorStatus {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

const errorStatus = (
  code: status,
  details: string,
  entries: Readonly<Record<string, string>> = {},
): ErrorStatus => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return { code, details, metadata };
};

/** The errors that real servers answer with, in their words. */
export const statuses = {
  accessDenied: (): ErrorStatus =>
    errorStatus(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  cancelled: (): ErrorStatus => errorStatus(status.CANCELLED, 'The server is shutting down'),
  connectionDropped: (): ErrorStatus => errorStatus(status.UNAVAILABLE, 'Connection dropped'),
  consumerTooSlow: (): ErrorStatus =>
    errorStatus(
      status.ABORTED,
      'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
    ),
  dataLoss: (): ErrorStatus => errorStatus(status.DATA_LOSS, 'The connection was reset'),
  forwardingTimeout: (): ErrorStatus =>
    errorStatus(status.ABORTED, 'Operation timed out: Forwarding timeout'),
  internal: (): ErrorStatus => errorStatus(status.INTERNAL, 'Received RST_STREAM with code 2'),
  invalidArgument: (what: string): ErrorStatus => errorStatus(status.INVALID_ARGUMENT, what),
  maximumAppendSizeExceeded: (maximumBytes: number): ErrorStatus =>
    errorStatus(status.INVALID_ARGUMENT, `Maximum Append Size of ${maximumBytes} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(maximumBytes),
    }),
  notLeader: (host: string, port: number): ErrorStatus =>
    errorStatus(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
  notReady: (): ErrorStatus => errorStatus(status.UNAVAILABLE, 'Server Is Not Ready'),
  streamDeleted: (stream: string): ErrorStatus =>
    errorStatus(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  unimplemented: (what: string): ErrorStatus => errorStatus(status.UNIMPLEMENTED, what),
  wrongExpectedVersion: (stream: string, expected: number, actual: number): ErrorStatus =>
    errorStatus(status.FAILED_PRECONDITION, `Delete failed due to WrongExpectedVersion. Stream: ${stream}`, {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    }),
};
