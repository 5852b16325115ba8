import { epochMillisecondsOf, type Clock } from '../values/instant';
import type { AnyDocumentProjection, ProjectedStore } from './document-projection';
import { definitionOf } from './generations';
import type { Generation, ProjectionStore } from './projection-store';

/** How a generation of a projection stands. */
export interface ProjectionStatus extends Omit<Generation, 'status' | 'generation'> {
  /** 0 where the first run is yet to come. */
  readonly generation: number;
  readonly status: 'new' | Generation['status'];
  /**
   * How long the oldest event that it has not read has been on record, in milliseconds; 0 when it has read all.
   * Absent: it cannot be told.
   */
  readonly lagMs?: number;
}

interface StatusPorts {
  readonly store: ProjectedStore;
  readonly projectionStore: ProjectionStore;
  readonly clock: Clock;
}

const lagOf = async (
  { store, clock }: StatusPorts,
  projections: readonly AnyDocumentProjection[],
  generation: Generation,
): Promise<{ readonly lagMs?: number }> => {
  const types = definitionOf(projections, generation)?.codec.types;
  if (types === undefined) return {};
  try {
    const { events } = await store.readAll({ after: generation.position, limit: 1, filter: { types } });
    const [next] = events;
    if (next === undefined) return { lagMs: 0 };
    return { lagMs: Math.max(0, epochMillisecondsOf(clock()) - epochMillisecondsOf(next.recordedAt)) };
  } catch {
    // How far it is behind a log that cannot be read, nobody knows.
    return {};
  }
};

/** How every generation stands that there is, and every definition that has none yet. */
export const statusOfAll = async (
  ports: StatusPorts,
  projections: readonly AnyDocumentProjection[],
): Promise<readonly ProjectionStatus[]> => {
  const found = await ports.projectionStore.generations();
  const fresh = projections
    .filter(({ name, version }) => !found.some((each) => each.name === name && each.version === version))
    .map(({ name, version }): ProjectionStatus => ({
      name,
      version,
      generation: 0,
      status: 'new',
      isLive: false,
      epoch: 0,
      parked: [],
    }));
  const known = await Promise.all(
    found.map(async (each) => ({ ...each, ...(await lagOf(ports, projections, each)) })),
  );
  return [...known, ...fresh];
};
