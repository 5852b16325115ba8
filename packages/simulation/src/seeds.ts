/** The seeds of one of several workers: every one belongs to exactly one of them. */
export const seedsOf = function* (
  { from, seeds }: { readonly from: number; readonly seeds: number },
  { worker, workers }: { readonly worker: number; readonly workers: number },
): Generator<number, void, undefined> {
  for (let seed = from + worker; seed < from + seeds; seed += workers) yield seed;
};
