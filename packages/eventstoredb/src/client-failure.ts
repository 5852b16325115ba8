/** What an error of the client means for the call that met it. */
export type ClientFailure =
  /** The stream has another version; absent where the client did not say which. */
  | { readonly kind: 'conflict'; readonly actualVersion: number | undefined }
  | { readonly kind: 'stream-not-found' }
  /** The stream was deleted for good. */
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** It did not happen, and repeating it at another node may help at once. */
  | { readonly kind: 'not-leader' }
  /** It did not happen, and repeating it does not help. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may or may not have happened. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The members of the clients' errors that are looked at; the classes differ between packages and copies of them. */
interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly actualVersion?: unknown;
  readonly actualState?: unknown;
  readonly maxAppendSize?: unknown;
}

const invalidArgumentCode = 3;
const permissionDeniedCode = 7;
const unauthenticatedCode = 16;

/** The version of a stream by the revision of its last event, which comes as a number, as -1, or as a word. */
const versionOf = (revision: unknown): number | undefined => {
  if (typeof revision === 'bigint') return Math.max(0, Number(revision) + 1);
  return revision === 'no_stream' ? 0 : undefined;
};

const byCode = (code: unknown): ClientFailure => {
  switch (code) {
    case invalidArgumentCode:
      return { kind: 'refused', reason: 'the server finds the request invalid' };
    case permissionDeniedCode:
    case unauthenticatedCode:
      return { kind: 'refused', reason: 'the server denies access' };
    default:
      return {
        kind: 'unknown',
        reason: typeof code === 'number' ? `the call failed with gRPC code ${code}` : 'the call failed',
      };
  }
};

const maximumOf = ({ maxAppendSize }: ClientError): number =>
  typeof maxAppendSize === 'number' ? maxAppendSize : 0;

/** Says what an error means by its `type` and `code`; its message may hold names and is not repeated. */
export const clientFailureOf = (error: unknown): ClientFailure => {
  const { type, code, ...rest }: ClientError = typeof error === 'object' && error !== null ? error : {};
  switch (type) {
    case 'wrong-expected-version':
      return { kind: 'conflict', actualVersion: versionOf(rest.actualVersion ?? rest.actualState) };
    case 'stream-not-found':
    case 'stream-deleted':
    case 'not-leader':
      return { kind: type };
    case 'maximum-append-size-exceeded':
      return { kind: 'too-large', limitBytes: maximumOf(rest) };
    case 'access-denied':
      return { kind: 'refused', reason: 'the server denies access' };
    case 'invalid-argument':
      return { kind: 'refused', reason: 'the server finds the request invalid' };
    case 'deadline-exceeded':
      return { kind: 'unknown', reason: 'there was no answer in time' };
    case 'unavailable':
      return { kind: 'unknown', reason: 'the connection was lost or could not be made' };
    default:
      return byCode(code);
  }
};
