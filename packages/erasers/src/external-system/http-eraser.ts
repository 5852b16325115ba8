import { signingKeyId, type ErasureOrder, type ErasureOutcome, type StoreEraser } from '@mandate/deletion';
import { isRecord, systemClock, type Clock } from '@mandate/event-sourcing';
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed } from '../failed';
import { outcomeOf } from './acknowledgement';
import { exchange, withTimeLimit, type Answer, type Fetch, type Message } from './bounded-exchange';

export interface HttpEraserOptions {
  /** Where the other system takes requests: `/opengdpr_requests` is added. `https`, or `http` on this machine. */
  readonly endpoint: string;
  /** Our Ed25519 key (private). Every request is signed with it, so that nobody else can have something erased. */
  readonly signingKey: KeyObject;
  /** The other side's Ed25519 key (public, PEM): its acknowledgements are believed, nobody else's. */
  readonly publicKey: string;
  /** Further headers, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long one call may take, all requests together; 30,000 unless you say otherwise. */
  readonly timeoutMs?: number;
  /** How long to wait before the other side is asked again; 1000 unless you say otherwise. */
  readonly pollMs?: number;
  /** How long an answer may be; 65,536 bytes unless you say otherwise. */
  readonly answerBytesMax?: number;
  /** Ends calls that are under way, with `store-unreachable` or `still-pending`. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly fetch?: Fetch;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const isSafe = ({ protocol, hostname, username, password }: URL): boolean =>
  (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))) &&
  username === '' &&
  password === '';

const endpointOf = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isSafe(url)) return url;
  throw new TypeError(
    'Expected an endpoint with https (or http on this machine) and no password in it, found something else.',
  );
};

const isEd25519 = (keyOf: () => KeyObject): boolean => {
  try {
    return keyOf().asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
};

const checkKeys = (signingKey: KeyObject, publicKey: string): void => {
  if (signingKey.type !== 'private' || !isEd25519(() => signingKey)) {
    throw new TypeError('signingKey: expected an Ed25519 key of the private kind, found something else.');
  }
  if (!isEd25519(() => createPublicKey(publicKey))) {
    throw new TypeError('publicKey: expected an Ed25519 key in PEM form, found something else.');
  }
};

const bodyOf = (order: ErasureOrder, now: string): string =>
  JSON.stringify({
    regulation: 'gdpr',
    subject_request_id: order.idempotencyKey,
    subject_request_type: 'erasure',
    submitted_time: now,
    // The narrowest name there is for what is meant. A contract here could be read as "everything of that customer" (S16).
    subject_identities: [
      { identity_type: 'controller_customer_id', identity_value: order.dataSetId, identity_format: 'raw' },
    ],
    api_version: '1.0',
    status_callback_urls: [],
    extensions: {
      mandate: { contract_id: order.contractId, data_set_id: order.dataSetId, store: order.store },
    },
  });

/** What a request's signature is over: what is asked for, at which path, and with what. */
export const signedText = (method: string, path: string, body = ''): string => `${method} ${path}\n${body}`;

const signatureHeaders = (
  signingKey: KeyObject,
  { method, url, body }: Omit<Message, 'headers'>,
): Readonly<Record<string, string>> => ({
  'x-mandate-key-id': signingKeyId(createPublicKey(signingKey)),
  'x-mandate-signature': sign(
    null,
    Buffer.from(signedText(method, url.pathname, body), 'utf8'),
    signingKey,
  ).toString('base64'),
});

const statusOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** A failure by the status alone; `undefined` for those that are answers. */
const failureOf = ({ status }: Answer): ErasureOutcome | undefined => {
  if (status >= 200 && status < 300) return undefined;
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return failed(isRefusal ? 'refused' : 'store-unreachable');
};

const pending = new Set<unknown>(['pending', 'in_progress']);

/** What an answer amounts to; `undefined`: ask again. */
const readAnswer = (answer: Answer, order: ErasureOrder, publicKey: string): ErasureOutcome | undefined => {
  const failure = failureOf(answer);
  if (failure !== undefined) return failure;
  const status = statusOf(answer.text);
  if (pending.has(status?.['request_status'])) return undefined;
  if (status?.['request_status'] === 'cancelled') return failed('refused');
  return outcomeOf(status?.['acknowledgement'], order, publicKey);
};

interface Conversation {
  readonly ask: (message: Omit<Message, 'headers'>) => Promise<Answer | ErasureOutcome>;
  readonly requests: URL;
  readonly request: URL;
  readonly body: string;
}

const isOutcome = (answer: Answer | ErasureOutcome): answer is ErasureOutcome => 'outcome' in answer;

/** Places the order, unless it is known. A failure, or `undefined` when it was taken. */
const place = async ({ ask, requests, body }: Conversation): Promise<ErasureOutcome | undefined> => {
  const answer = await ask({ method: 'POST', url: requests, body });
  if (isOutcome(answer)) return answer;
  // Somebody placed the same order a moment ago.
  return answer.status === 409 ? undefined : failureOf(answer);
};

/** Asks how far an order is. `unknown`: it has not been placed. */
const inquire = async (
  { ask, request }: Conversation,
  order: ErasureOrder,
  publicKey: string,
): Promise<ErasureOutcome | 'unknown' | undefined> => {
  const answer = await ask({ method: 'GET', url: request });
  if (isOutcome(answer)) return answer;
  return answer.status === 404 ? 'unknown' : readAnswer(answer, order, publicKey);
};

const isUnreachable = (answer: ErasureOutcome): boolean =>
  answer.outcome === 'failed' && answer.reason === 'store-unreachable';

/** `false`: time is up. */
const waited = async (pollMs: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await sleep(pollMs, undefined, { signal });
    return true;
  } catch {
    return false;
  }
};

/**
 * Has a data set erased by another system, such as a sub-processor's: a request in the form of OpenDSR, and a signed
 * acknowledgement. Only an acknowledgement with a valid signature of the expected key over this very order is a
 * receipt; everything else fails with a code and is asked again later, under the same id.
 */
export const httpEraser = (options: HttpEraserOptions): StoreEraser => {
  const { signingKey, publicKey, headers = {}, clock = systemClock, fetch = globalThis.fetch } = options;
  const { timeoutMs = 30_000, pollMs = 1000, answerBytesMax = 65_536 } = options;
  const endpoint = endpointOf(options.endpoint);
  checkKeys(signingKey, publicKey);
  const requests = new URL(`${endpoint.pathname.replace(/\/$/, '')}/opengdpr_requests`, endpoint);

  const conversationOn = (order: ErasureOrder, signal: AbortSignal): Conversation => ({
    requests,
    request: new URL(`${requests.pathname}/${order.idempotencyKey}`, requests),
    body: bodyOf(order, clock()),
    ask: (message) => {
      const signed = signatureHeaders(signingKey, message);
      const all = { accept: 'application/json', 'content-type': 'application/json', ...headers, ...signed };
      return exchange(fetch, { ...message, headers: all }, signal, answerBytesMax);
    },
  });

  /** One question, and what follows from the answer. */
  const turn = async (
    conversation: Conversation,
    order: ErasureOrder,
    isTaken: boolean,
  ): Promise<ErasureOutcome | 'placed' | 'pending'> => {
    // Asked first: a system that knows the order already need not be told twice.
    const found = await inquire(conversation, order, publicKey);
    if (found !== 'unknown') return found ?? 'pending';
    return (isTaken ? failed('refused') : await place(conversation)) ?? 'placed';
  };

  const converse = async (order: ErasureOrder, signal: AbortSignal): Promise<ErasureOutcome> => {
    const conversation = conversationOn(order, signal);
    for (let isTaken = false; ; isTaken = true) {
      const answer = await turn(conversation, order, isTaken);
      if (typeof answer !== 'string') {
        // Time was up while the other side was asked once more.
        return isTaken && signal.aborted && isUnreachable(answer) ? failed('still-pending') : answer;
      }
      if (answer === 'pending' && !(await waited(pollMs, signal))) return failed('still-pending');
    }
  };

  return async (order) => {
    const { signal, release } = withTimeLimit(timeoutMs, options.signal);
    try {
      return await converse(order, signal);
    } finally {
      release();
    }
  };
};
