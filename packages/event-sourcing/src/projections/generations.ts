import type { Instant } from '../values/instant';
import type { AnyDocumentProjection } from './document-projection';
import type { Generation, GenerationId, GenerationStatus, ProjectionStore } from './projection-store';

/** The definition that a generation is built with, if this software has it. */
export const definitionOf = (
  projections: readonly AnyDocumentProjection[],
  { name, version }: Pick<Generation, 'name' | 'version'>,
): AnyDocumentProjection | undefined =>
  projections.find((projection) => projection.name === name && projection.version === version);

/** The next generation of a projection, beside those that there are. */
export const nextGeneration = (name: string, found: readonly Generation[]): GenerationId => {
  const numbers = found.filter((each) => each.name === name).map(({ generation }) => generation);
  return { name, generation: Math.max(0, ...numbers) + 1 };
};

/** Begins a further generation of a projection. */
export const beginGeneration = async (
  projectionStore: ProjectionStore,
  { name, version }: AnyDocumentProjection,
): Promise<void> => {
  // Somebody else may have begun the same one at this moment, which is as good.
  await projectionStore.create(nextGeneration(name, await projectionStore.generations()), version);
};

/** Sees to it that every definition has a generation. */
export const beginMissingGenerations = async (
  projectionStore: ProjectionStore,
  projections: readonly AnyDocumentProjection[],
): Promise<readonly Generation[]> => {
  const found = await projectionStore.generations();
  const missing = projections.filter(
    ({ name, version }) => !found.some((each) => each.name === name && each.version === version),
  );
  for (const projection of missing) await beginGeneration(projectionStore, projection);
  return missing.length === 0 ? found : projectionStore.generations();
};

/** What is to become of the status, now that this software has the definition or has not. */
const statusWhere = (isKnown: boolean, now: Instant, generation: Generation): GenerationStatus => {
  const { status, heldUntil, isLive } = generation;
  if (isKnown) return status === 'detached' ? (isLive ? 'active' : 'booting') : status;
  // What another engine holds is fed.
  return heldUntil !== undefined && now < heldUntil ? status : 'detached';
};

/** Marks what nobody feeds any more, and what is fed again. Answers whether there was something to mark. */
export const attachOrDetach = async (
  projectionStore: ProjectionStore,
  projections: readonly AnyDocumentProjection[],
  { generations, now }: { readonly generations: readonly Generation[]; readonly now: Instant },
): Promise<boolean> => {
  let isChanged = false;
  for (const generation of generations) {
    const { status: from, epoch } = generation;
    const to = statusWhere(definitionOf(projections, generation) !== undefined, now, generation);
    if (to === from) continue;
    await projectionStore.setStatus(generation, epoch, { from, to });
    isChanged = true;
  }
  return isChanged;
};

/** Whether a later generation of the same version has taken this one's place. */
export const isReplaced = (generation: Generation, all: readonly Generation[]): boolean =>
  !generation.isLive &&
  all.some(
    (other) =>
      other.isLive &&
      other.name === generation.name &&
      other.version === generation.version &&
      other.generation > generation.generation,
  );

/** Whether its last attempt failed, and the next one is to come later. */
export const isWaitingForRetry = ({ status, failure }: Generation, now: Instant): boolean =>
  status === 'error' && failure !== undefined && now < failure.retryAt;
