import type { LegalDate } from '@mandate/domain';
import type { Unchecked } from '@mandate/event-sourcing';

/**
 * Data as a caller writes it down: plain strings instead of checked ids, and a legal date as its day and zone;
 * the library resolves the instant at which that day begins, once.
 */
export type Written<T> = T extends LegalDate
  ? { readonly date: string; readonly zone: string }
  : T extends string
    ? Unchecked<T>
    : T extends readonly [infer First, ...infer Rest]
      ? readonly [Written<First>, ...WrittenList<Rest>]
      : T extends readonly (infer Item)[]
        ? readonly Written<Item>[]
        : T extends object
          ? { readonly [Key in keyof T]: Written<T[Key]> }
          : T;

type WrittenList<Items> = Items extends readonly (infer Item)[] ? readonly Written<Item>[] : never;
