import type {
  Claim,
  Generation,
  GenerationId,
  Position,
  ProjectionCommit,
  StatusChange,
} from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { generationColumns, type GenerationRow } from './projection-rows';
import { storedText } from './stored-text';

/** The rows of generations. Every change is one statement that names what must be so. */
export interface StoredGenerations {
  all(): readonly GenerationRow[];
  find(id: GenerationId): GenerationRow | undefined;
  findLive(name: string): GenerationRow | undefined;
  ofName(name: string): readonly GenerationRow[];
  create(id: GenerationId, version: Generation['version']): boolean;
  claim(id: GenerationId, claim: Claim): GenerationRow | undefined;
  release(id: GenerationId, epoch: number): void;
  /** Moves a generation on, and answers its row; nothing when it is not where the batch begins. */
  moveOn(id: GenerationId, commit: ProjectionCommit): number | undefined;
  setStatus(id: GenerationId, epoch: number, change: StatusChange): boolean;
  makeLive(id: GenerationId, epoch: number): boolean;
  /** None of that name is live from now on. */
  withdraw(name: string): void;
  /** Removes the row, and answers which it was; nothing when it is the live one, or not there. */
  remove(id: GenerationId): number | undefined;
}

const prepareStatements = (database: SqliteDatabase) => ({
  all: database.prepare(`SELECT ${generationColumns} FROM projection_generation ORDER BY name, generation`),
  find: database.prepare(
    `SELECT ${generationColumns} FROM projection_generation WHERE name = ? AND generation = ?`,
  ),
  findLive: database.prepare(
    `SELECT ${generationColumns} FROM projection_generation WHERE name = ? AND is_live <> 0`,
  ),
  ofName: database.prepare(
    `SELECT ${generationColumns} FROM projection_generation WHERE name = ? ORDER BY generation`,
  ),
  create: database.prepare(
    `INSERT INTO projection_generation (name, generation, version, status) VALUES (?, ?, ?, 'booting')
      ON CONFLICT (name, generation) DO NOTHING RETURNING id`,
  ),
  renew: database.prepare(
    `UPDATE projection_generation SET held_until = ?4
      WHERE name = ?1 AND generation = ?2 AND holder = ?3 RETURNING ${generationColumns}`,
  ),
  takeOver: database.prepare(
    `UPDATE projection_generation
      SET epoch = 1 + (SELECT last FROM projection_epoch), holder = ?3, held_until = ?4
      WHERE name = ?1 AND generation = ?2 AND (held_until IS NULL OR held_until <= ?5)
      RETURNING ${generationColumns}`,
  ),
  countEpoch: database.prepare('UPDATE projection_epoch SET last = last + 1'),
  release: database.prepare(
    `UPDATE projection_generation SET holder = NULL, held_until = NULL
      WHERE name = ? AND generation = ? AND epoch = ?`,
  ),
  // Whoever has let go holds nobody up.
  moveOn: database.prepare(
    `UPDATE projection_generation
      SET position = ?5, held_until = CASE WHEN holder IS NULL THEN NULL ELSE ?6 END
      WHERE name = ?1 AND generation = ?2 AND position IS ?3 AND epoch = ?4 AND status <> 'paused' RETURNING id`,
  ),
  setStatus: database.prepare(
    `UPDATE projection_generation
      SET status = ?5, failure_code = ?6, failure_attempts = ?7, failure_retry_at = ?8
      WHERE name = ?1 AND generation = ?2 AND epoch = ?3 AND status = ?4 RETURNING id`,
  ),
  mayGoLive: database.prepare(
    `SELECT 1 FROM projection_generation
      WHERE name = ?1 AND generation = ?2 AND epoch = ?3 AND status IN ('booting', 'active')
        AND NOT EXISTS (
          SELECT 1 FROM projection_generation
            WHERE name = ?1 AND generation > ?2 AND is_live <> 0 AND status <> 'detached'
        )`,
  ),
  stepDown: database.prepare('UPDATE projection_generation SET is_live = 0 WHERE name = ? AND is_live <> 0'),
  withdraw: database.prepare(
    `UPDATE projection_generation
      SET is_live = 0, status = CASE status WHEN 'active' THEN 'booting' ELSE status END
      WHERE name = ? AND is_live <> 0`,
  ),
  goLive: database.prepare(
    `UPDATE projection_generation
      SET is_live = 1, status = 'active', failure_code = NULL, failure_attempts = NULL, failure_retry_at = NULL
      WHERE name = ? AND generation = ?`,
  ),
  remove: database.prepare(
    'DELETE FROM projection_generation WHERE name = ? AND generation = ? AND is_live = 0 RETURNING id',
  ),
});

const orNull = (position: Position | undefined): string | null =>
  position === undefined ? null : storedText(position);

export const storedGenerationsIn = (database: SqliteDatabase): StoredGenerations => {
  const statements = prepareStatements(database);
  const placeOf = ({ name, generation }: GenerationId): readonly [name: string, generation: number] => [
    storedText(name),
    generation,
  ];
  const idIn = (row: unknown): number | undefined => (row as { readonly id: number } | undefined)?.id;

  return {
    all: () => Array.from(statements.all.all() as readonly GenerationRow[]),
    find: (id) => statements.find.get(...placeOf(id)) as GenerationRow | undefined,
    findLive: (name) => statements.findLive.get(storedText(name)) as GenerationRow | undefined,
    ofName: (name) => Array.from(statements.ofName.all(storedText(name)) as readonly GenerationRow[]),
    create: (id, version) => statements.create.get(...placeOf(id), version) !== undefined,
    claim: (id, { holder, now, until }) => {
      const renewed = statements.renew.get(...placeOf(id), holder, until) as GenerationRow | undefined;
      if (renewed !== undefined) return renewed;
      const taken = statements.takeOver.get(...placeOf(id), holder, until, now) as GenerationRow | undefined;
      if (taken !== undefined) statements.countEpoch.run();
      return taken;
    },
    release: (id, epoch) => void statements.release.run(...placeOf(id), epoch),
    moveOn: (id, { from, to, epoch, heldUntil }) =>
      idIn(statements.moveOn.get(...placeOf(id), orNull(from), epoch, orNull(to), heldUntil)),
    setStatus: (id, epoch, { from, to, failure }) => {
      const { code = null, attempts = null, retryAt = null } = failure ?? {};
      const codeText = code === null ? null : storedText(code);
      const row = statements.setStatus.get(...placeOf(id), epoch, from, to, codeText, attempts, retryAt);
      return row !== undefined;
    },
    makeLive: (id, epoch) => {
      if (statements.mayGoLive.get(...placeOf(id), epoch) === undefined) return false;
      statements.stepDown.run(storedText(id.name));
      statements.goLive.run(...placeOf(id));
      return true;
    },
    withdraw: (name) => void statements.withdraw.run(storedText(name)),
    remove: (id) => idIn(statements.remove.get(...placeOf(id))),
  };
};
