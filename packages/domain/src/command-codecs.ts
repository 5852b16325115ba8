import type * as t from 'io-ts';

/** A codec for the data of every command of a union; a forgotten one does not compile. */
export type CommandCodecs<Command extends { readonly type: string; readonly data: object }> = {
  readonly [Type in Command['type']]: t.Type<Extract<Command, { readonly type: Type }>['data'], unknown>;
};
