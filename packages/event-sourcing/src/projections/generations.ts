import type { Instant } from '../values/instant';
import type { AnyDocumentProjection } from './document-projection';
import type { Generation, GenerationStatus, ProjectionStore } from './projection-store';

/** The definition that a generation is built with, if this software has it. */
export const definitionOf = (
  projections: readonly AnyDocumentProjection[],
  { name, version }: Pick<Generation, 'name' | 'version'>,
): AnyDocumentProjection | undefined =>
  projections.find((projection) => projection.name === name && projection.version === version);

/** Begins a further generation of a projection, beside those that there are. */
export const beginGeneration = async (
  projectionStore: ProjectionStore,
  { name, version }: AnyDocumentProjection,
): Promise<void> => {
  const own = (await projectionStore.generations()).filter((each) => each.name === name);
  const last = Math.max(0, ...own.map(({ generation }) => generation));
  // Somebody else may have begun the same one at this moment, which is as good.
  await projectionStore.create({ name, generation: last + 1 }, version);
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

/** Marks what nobody feeds any more, and what is fed again. Answers whether there was any of it. */
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
