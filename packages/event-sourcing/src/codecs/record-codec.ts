import { isLeft } from 'fp-ts/Either';
import * as t from 'io-ts';
import { isRecord } from './guarded-codec';
import { isPrintableKey } from './decode-issue';
import { withPlan } from './decoding-plan';

type Codecs<A extends object> = { readonly [Key in keyof A]-?: t.Type<Exclude<A[Key], undefined>, unknown> };
type RequiredKeys<A> = { [Key in keyof A]-?: undefined extends A[Key] ? never : Key }[keyof A];
type OptionalKeys<A> = Exclude<keyof A, RequiredKeys<A>>;

const fieldsOf = (codecs: object): readonly (readonly [string, t.Type<unknown, unknown>])[] =>
  Object.entries(codecs as Readonly<Record<string, t.Type<unknown, unknown>>>);

const unexpected = (key: string): t.Type<never, never> =>
  new t.Type<never, never, unknown>(
    `no field named ${isPrintableKey(key) ? key : '(an unprintable name)'}`,
    (_value): _value is never => false,
    t.failure,
    (never) => never,
  );

/**
 * A codec for an object with exactly these fields: a missing, a wrong and an unknown field all fail, where
 * `t.strict` of io-ts would drop the unknown one. That matters both ways: what is written is what was meant,
 * and what is read is what was written.
 */
export const recordCodec = <A extends object>(
  name: string,
  required: Pick<Codecs<A>, RequiredKeys<A>>,
  optional: Pick<Codecs<A>, OptionalKeys<A>> = {} as Pick<Codecs<A>, OptionalKeys<A>>,
): t.Type<A, unknown> => {
  const requiredFields = fieldsOf(required);
  const optionalFields = fieldsOf(optional);
  const fields = new Map([...requiredFields, ...optionalFields]);

  const validate: t.Validate<unknown, A> = (input, context) => {
    if (!isRecord(input)) return t.failure(input, context);
    const errors: t.Errors = [];
    const output: Record<string, unknown> = {};
    const decodeField = (key: string, codec: t.Type<unknown, unknown>): void => {
      const decoded = codec.validate(input[key], t.appendContext(context, key, codec, input[key]));
      if (isLeft(decoded)) errors.push(...decoded.left);
      else output[key] = decoded.right;
    };
    for (const [key, codec] of requiredFields) decodeField(key, codec);
    // Callers without exact optional types write `undefined` where they mean "absent".
    for (const [key, codec] of optionalFields) if (input[key] !== undefined) decodeField(key, codec);
    for (const key of Object.keys(input)) {
      if (fields.has(key)) continue;
      const codec = unexpected(key);
      errors.push({ value: input[key], context: t.appendContext(context, key, codec, input[key]) });
    }
    return errors.length > 0 ? t.failures(errors) : t.success(output as A);
  };

  const codec = new t.Type<A, unknown>(
    name,
    (value): value is A =>
      isRecord(value) &&
      Object.keys(value).every((key) => fields.has(key)) &&
      requiredFields.every(([key, codec]) => codec.is(value[key])) &&
      optionalFields.every(([key, codec]) => value[key] === undefined || codec.is(value[key])),
    validate,
    (value) =>
      Object.fromEntries(
        Object.entries(value)
          .filter(([, field]) => field !== undefined)
          .map(([key, field]) => [key, fields.get(key)?.encode(field) ?? field]),
      ),
  );
  return withPlan(codec, { kind: 'record', required: requiredFields, optional: optionalFields });
};
