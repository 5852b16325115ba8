declare const brand: unique symbol;

/** A string that has passed a check: the brand exists for the compiler only, at run time it is a string. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

type BrandOf<T> = T extends { readonly [brand]: unknown } ? true : false;

/** The same shape as a caller writes it down, before any check: every branded string becomes a string. */
export type Unchecked<T> = T extends string
  ? BrandOf<T> extends true
    ? string
    : T
  : T extends readonly (infer Item)[]
    ? readonly Unchecked<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Unchecked<T[Key]> }
      : T;
