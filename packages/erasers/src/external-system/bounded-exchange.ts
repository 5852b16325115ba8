import { failed } from '../failed';
import type { ErasureOutcome } from '@mandate/deletion';

export type Fetch = typeof globalThis.fetch;

/** What the other side answered: its status, and its text, when that is not longer than agreed. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Message {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const textOf = async (response: Response, bytesMax: number): Promise<string | undefined> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels what is still on its way. Counted is what was unpacked.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    if (length > bytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

/** One request and its answer, or why there is none. Redirections are not followed: they could lead anywhere. */
export const exchange = async (
  send: Fetch,
  { url, ...message }: Message,
  signal: AbortSignal,
  bytesMax: number,
): Promise<Answer | ErasureOutcome> => {
  try {
    const response = await send(url, { ...message, redirect: 'manual', signal });
    const text = await textOf(response, bytesMax);
    return text === undefined ? failed('answer-too-large') : { status: response.status, text };
  } catch {
    // What is thrown here can repeat what the other side said.
    return failed('store-unreachable');
  }
};

/** A signal that ends after a time, or with another one; and what stops the clock. */
export const withTimeLimit = (
  timeoutMs: number,
  outer: AbortSignal | undefined,
): { readonly signal: AbortSignal; readonly release: () => void } => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  outer?.addEventListener('abort', abort);
  if (outer?.aborted === true) abort();
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
};
