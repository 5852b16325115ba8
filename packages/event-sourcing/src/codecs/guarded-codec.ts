import * as t from 'io-ts';
import { withPlan } from './decoding-plan';

/** A codec for what passes a check and is kept as it is. The name says what was expected, and is shown to people. */
export const guardedCodec = <A>(name: string, is: (value: unknown) => value is A): t.Type<A, A> =>
  withPlan(
    new t.Type<A, A, unknown>(
      name,
      is,
      (input, context) => (is(input) ? t.success(input) : t.failure(input, context)),
      t.identity,
    ),
    { kind: 'guard', is },
  );

/** A codec for a string of one pattern. Leave no room in it for somebody's address. */
export const patternCodec = <Name extends string = string>(
  pattern: RegExp,
  name: string,
): t.Type<Name, Name> =>
  guardedCodec(name, (value): value is Name => typeof value === 'string' && pattern.test(value));

/** Whether a value is an object with named fields: no list, not null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
