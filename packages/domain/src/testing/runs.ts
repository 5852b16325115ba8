/**
 * How often a property is tried: the given number, or a multiple of it where the environment variable
 * `MANDATE_RUNS` says so (`MANDATE_RUNS=100 npx jest --selectProjects domain`).
 */
export const runs = (usual: number): { readonly numRuns: number } => {
  const factor = Number(process.env['MANDATE_RUNS'] ?? 1);
  if (!(factor > 0)) throw new RangeError('MANDATE_RUNS: expected a number above 0.');
  return { numRuns: Math.ceil(usual * factor) };
};
