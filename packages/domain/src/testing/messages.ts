import fc from 'fast-check';

interface Message {
  readonly type: string;
  readonly data: object;
}

/** Arbitrary data for every type of a union; a forgotten type does not compile. */
export type ArbitraryData<Union extends Message> = {
  readonly [Type in Union['type']]: fc.Arbitrary<Extract<Union, { readonly type: Type }>['data']>;
};

/** Arbitrary messages for every type of a union. */
export type ArbitraryMessages<Union extends Message> = {
  readonly [Type in Union['type']]: fc.Arbitrary<Extract<Union, { readonly type: Type }>>;
};

/** Puts the type in front of the data. */
export const messagesOf = <Union extends Message>(data: ArbitraryData<Union>): ArbitraryMessages<Union> =>
  Object.fromEntries(
    Object.entries<fc.Arbitrary<object>>(data).map(([type, each]) => [
      type,
      each.map((found) => ({ type, data: found })),
    ]),
  ) as unknown as ArbitraryMessages<Union>;

/** One message of any type of a union. */
export const anyOf = <Union extends Message>(byType: ArbitraryMessages<Union>): fc.Arbitrary<Union> =>
  fc.oneof(...Object.values<fc.Arbitrary<Union>>(byType));
