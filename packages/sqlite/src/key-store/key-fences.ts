import type {
  Erased,
  Fence,
  FencePage,
  FenceRecord,
  Freeze,
  KeyCounts,
  KeyPath,
  PageRequest,
} from '@mandate/vault';
import type { SqliteDatabase } from '../driver';
import { columnsOf, isOnChain, pathColumns, pathOf, type PathRow } from './path-columns';

/** What must never be taken back: fences, freezes, and the revision that tells readers of both. */
export interface KeyFences {
  /** What the first fence on a path or above it made of its key. */
  erasureOf(path: KeyPath): Erased | undefined;
  /** The fence on this very path. */
  get(path: KeyPath): Fence | undefined;
  /** Writes a new fence, with the next revision. */
  add(path: KeyPath, at: string): void;
  /** Writes a fence of before again, with its own revision. */
  addAgain(fence: FenceRecord): void;
  recordDestruction(path: KeyPath, at: string, counts: KeyCounts): void;
  list(page: PageRequest): FencePage;
  freezeOf(contractId: string): Freeze | undefined;
  addFreeze(freeze: Freeze): void;
  revision(): number;
}

interface FenceRow extends PathRow, KeyCounts {
  readonly ordinal: number;
  readonly fenceRevision: number;
  readonly fencedAt: string;
  readonly destroyedAt: string | null;
}

const fenceColumns = `ordinal, ${pathColumns}, fence_revision AS fenceRevision, fenced_at AS fencedAt,
  destroyed_at AS destroyedAt, contracts, data_sets AS dataSets, recipients`;

const fenceOf = (row: FenceRow): Fence => {
  const { fenceRevision, fencedAt, destroyedAt, contracts, dataSets, recipients } = row;
  const destruction =
    destroyedAt === null ? null : { destroyedAt, keysDestroyed: { contracts, dataSets, recipients } };
  return { path: pathOf(row), fenceRevision, fencedAt, destruction };
};

const prepareStatements = (database: SqliteDatabase) => ({
  covering: database.prepare(
    `SELECT ${fenceColumns} FROM fence WHERE ${isOnChain} ORDER BY fence_revision LIMIT 1`,
  ),
  get: database.prepare(
    `SELECT ${fenceColumns} FROM fence WHERE contract_id = ? AND data_set_id = ? AND recipient_id = ?`,
  ),
  add: database.prepare(
    'INSERT INTO fence (contract_id, data_set_id, recipient_id, fence_revision, fenced_at) VALUES (?, ?, ?, ?, ?)',
  ),
  recordDestruction: database.prepare(
    `UPDATE fence SET destroyed_at = ?4, contracts = ?5, data_sets = ?6, recipients = ?7
      WHERE contract_id = ?1 AND data_set_id = ?2 AND recipient_id = ?3`,
  ),
  list: database.prepare(`SELECT ${fenceColumns} FROM fence WHERE ordinal > ? ORDER BY ordinal LIMIT ?`),
  freezeOf: database.prepare('SELECT frozen_at AS frozenAt FROM frozen_contract WHERE contract_id = ?'),
  addFreeze: database.prepare('INSERT INTO frozen_contract (contract_id, frozen_at) VALUES (?, ?)'),
  revisions: database.prepare('SELECT revision, last_fence_revision AS lastFence FROM key_store'),
  advance: database.prepare(
    'UPDATE key_store SET revision = revision + 1, last_fence_revision = max(last_fence_revision, ?)',
  ),
});

export const keyFencesIn = (database: SqliteDatabase): KeyFences => {
  const statements = prepareStatements(database);

  const revisions = (): { readonly revision: number; readonly lastFence: number } =>
    statements.revisions.get() as { readonly revision: number; readonly lastFence: number };

  const addAgain = ({ path, fenceRevision, fencedAt }: FenceRecord): void => {
    statements.add.run(...columnsOf(path), fenceRevision, fencedAt);
    statements.advance.run(fenceRevision);
  };

  return {
    addAgain,
    add: (path, fencedAt) => {
      addAgain({ path, fencedAt, fenceRevision: revisions().lastFence + 1 });
    },
    erasureOf: (path) => {
      const row = statements.covering.get(...columnsOf(path)) as FenceRow | undefined;
      return row && { state: 'erased', erasedAt: row.fencedAt, fenceRevision: row.fenceRevision };
    },
    get: (path) => {
      const row = statements.get.get(...columnsOf(path)) as FenceRow | undefined;
      return row && fenceOf(row);
    },
    recordDestruction: (path, at, { contracts, dataSets, recipients }) => {
      statements.recordDestruction.run(...columnsOf(path), at, contracts, dataSets, recipients);
    },
    list: ({ after, limit }) => {
      const rows = statements.list.all(Number(after ?? 0), limit + 1) as readonly FenceRow[];
      const page = Array.from(rows).slice(0, limit);
      return { fences: page.map(fenceOf), next: rows.length > limit ? String(page.at(-1)?.ordinal) : null };
    },
    freezeOf: (contractId) => {
      const row = statements.freezeOf.get(contractId) as { readonly frozenAt: string } | undefined;
      return row && { contractId, frozenAt: row.frozenAt };
    },
    addFreeze: ({ contractId, frozenAt }) => {
      statements.addFreeze.run(contractId, frozenAt);
      statements.advance.run(0);
    },
    revision: () => revisions().revision,
  };
};
