/** A value that survives `JSON.stringify` and `JSON.parse` unchanged (RFC 8259). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Events' data are always objects, so that a later version can add a field. */
export interface JsonObject {
  readonly [key: string]: Json;
}
