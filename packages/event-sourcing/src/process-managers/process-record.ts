import * as t from 'io-ts';
import { eventCodec, type EventCodec } from '../codecs/event-codec';
import { guardedCodec, isRecord, patternCodec } from '../codecs/guarded-codec';
import { instantCodec, type Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import { recordCodec } from '../codecs/record-codec';
import { uuidCodec, type Uuid } from '../values/uuid';

// The record of one instance of a process: what it was told, what it set out to do, what came of it.

/** An event reached the process; it is kept by reference and content, so that the record stands alone. */
export interface InputReceived {
  readonly type: 'InputReceived';
  readonly data: {
    readonly eventId: Uuid;
    readonly eventType: string;
    readonly schemaVersion: number;
    readonly event: JsonObject;
    readonly recordedAt: Instant;
  };
}

/** The process is going to act; written before it does. */
export interface EffectIntended {
  readonly type: 'EffectIntended';
  readonly data: { readonly effectId: Uuid; readonly effect: JsonObject };
}

/** It acted, and this came of it. */
export interface EffectCompleted {
  readonly type: 'EffectCompleted';
  readonly data: { readonly effectId: Uuid; readonly result: JsonObject; readonly completedAt: Instant };
}

/** It tried, in vain, and will try again from `retryAt` on. */
export interface EffectFailed {
  readonly type: 'EffectFailed';
  readonly data: {
    readonly effectId: Uuid;
    readonly attempt: number;
    readonly reason: string;
    readonly failedAt: Instant;
    readonly retryAt: Instant;
  };
}

/** It gave up trying by itself: somebody has to look at it. */
export interface EffectParked {
  readonly type: 'EffectParked';
  readonly data: { readonly effectId: Uuid; readonly reason: string; readonly parkedAt: Instant };
}

/** Somebody looked at it, and it is to be tried again. */
export interface EffectUnparked {
  readonly type: 'EffectUnparked';
  readonly data: { readonly effectId: Uuid; readonly unparkedAt: Instant };
}

/** The process wants to be told when an instant has come. */
export interface DeadlineSet {
  readonly type: 'DeadlineSet';
  readonly data: { readonly deadline: string; readonly dueAt: Instant };
}

/** The process no longer waits for that instant. */
export interface DeadlineCancelled {
  readonly type: 'DeadlineCancelled';
  readonly data: { readonly deadline: string };
}

/** The instant came, or had passed when somebody looked. */
export interface DeadlineReached {
  readonly type: 'DeadlineReached';
  readonly data: { readonly deadline: string; readonly dueAt: Instant };
}

/** More follows from the next input than one append can hold: it is written in several, and goes on after a crash. */
export interface ReactionsBegun {
  readonly type: 'ReactionsBegun';
  readonly data: Readonly<Record<string, never>>;
}

/** Everything that follows from that input is written. */
export interface ReactionsEnded {
  readonly type: 'ReactionsEnded';
  readonly data: Readonly<Record<string, never>>;
}

export type ProcessEvent =
  | InputReceived
  | EffectIntended
  | EffectCompleted
  | EffectFailed
  | EffectParked
  | EffectUnparked
  | DeadlineSet
  | DeadlineCancelled
  | DeadlineReached
  | ReactionsBegun
  | ReactionsEnded;

const jsonObject = guardedCodec('an object', (value): value is JsonObject => isRecord(value));

const effectId = uuidCodec('effect id');

const reasonPattern = /^[a-z][a-z0-9-]{0,63}$/;

/** A reason is a code: free text from the outside could carry somebody's address into the history. */
export const reasonCodeOf = (reason: unknown): string =>
  typeof reason === 'string' && reasonPattern.test(reason) ? reason : 'unspecified';

const reason = patternCodec(reasonPattern, 'a reason code (like store-unreachable)');

export const processEventCodec: EventCodec<ProcessEvent> = eventCodec<ProcessEvent>({
  InputReceived: {
    data: recordCodec<InputReceived['data']>('InputReceived', {
      eventId: uuidCodec('event id'),
      eventType: t.string,
      schemaVersion: t.number,
      event: jsonObject,
      recordedAt: instantCodec,
    }),
  },
  EffectIntended: {
    data: recordCodec<EffectIntended['data']>('EffectIntended', { effectId, effect: jsonObject }),
  },
  EffectCompleted: {
    data: recordCodec<EffectCompleted['data']>('EffectCompleted', {
      effectId,
      result: jsonObject,
      completedAt: instantCodec,
    }),
  },
  EffectFailed: {
    data: recordCodec<EffectFailed['data']>('EffectFailed', {
      effectId,
      attempt: t.number,
      reason,
      failedAt: instantCodec,
      retryAt: instantCodec,
    }),
  },
  EffectParked: {
    data: recordCodec<EffectParked['data']>('EffectParked', {
      effectId,
      reason,
      parkedAt: instantCodec,
    }),
  },
  EffectUnparked: {
    data: recordCodec<EffectUnparked['data']>('EffectUnparked', { effectId, unparkedAt: instantCodec }),
  },
  DeadlineSet: {
    data: recordCodec<DeadlineSet['data']>('DeadlineSet', { deadline: t.string, dueAt: instantCodec }),
  },
  DeadlineCancelled: {
    data: recordCodec<DeadlineCancelled['data']>('DeadlineCancelled', { deadline: t.string }),
  },
  ReactionsBegun: { data: recordCodec<ReactionsBegun['data']>('ReactionsBegun', {}) },
  ReactionsEnded: { data: recordCodec<ReactionsEnded['data']>('ReactionsEnded', {}) },
  DeadlineReached: {
    data: recordCodec<DeadlineReached['data']>('DeadlineReached', {
      deadline: t.string,
      dueAt: instantCodec,
    }),
  },
});
