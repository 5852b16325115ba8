import type { ErasureOutcome, StoreEraser } from '@mandate/deletion';
import type { CrashPoint, CreateEraserHarness } from '@mandate/deletion/testing';
import type { Fetch } from '../external-system/bounded-exchange';
import { httpEraser, type HttpEraserOptions } from '../external-system/http-eraser';
import { ourKey, publicPemOf, theirKey } from './keys';
import { tickingClock } from './orders';
import { placeOf, startOtherSystem, type Misbehaviour, type OtherSystem } from './other-system';

/** An eraser that knows the other system, and does not wait long. */
export const eraserIn = ({ endpoint }: OtherSystem, options: Partial<HttpEraserOptions>): StoreEraser =>
  httpEraser({ endpoint, signingKey: ourKey, publicKey: publicPemOf(theirKey), pollMs: 1, ...options });

/** A failure for a reason. */
export const because = (reason: string): ErasureOutcome => ({ outcome: 'failed', reason });

/** Misbehaves when asked how far a request is; takes orders as it should. */
export const whenAsked =
  (misbehaviour: Misbehaviour): Misbehaviour =>
  (request, response) =>
    request.method === 'GET' && request.reply.status !== 404
      ? misbehaviour(request, response)
      : request.reply;

/** The network of a process that may be killed before a request is sent, and when its answer has come. */
const mortalFetch =
  (crashPoint: CrashPoint): Fetch =>
  async (...request) => {
    crashPoint();
    const response = await fetch(...request);
    const text = await response.text();
    crashPoint();
    return new Response(text, { status: response.status });
  };

/** Another system that erases when it is asked a second time, and signs what it did. */
export const httpHarness: CreateEraserHarness = async () => {
  const clock = tickingClock();
  const system = await startOtherSystem(clock);
  return {
    verification: 'attested',
    clock,
    open: (crashPoint = () => undefined) =>
      Promise.resolve(eraserIn(system, { clock, fetch: mortalFetch(crashPoint) })),
    plant: (place, texts) => {
      system.items.set(placeOf(place), [...(system.items.get(placeOf(place)) ?? []), ...texts]);
      return Promise.resolve();
    },
    held: (place) => Promise.resolve(system.items.get(placeOf(place)) ?? []),
    dispose: system.close,
  };
};
