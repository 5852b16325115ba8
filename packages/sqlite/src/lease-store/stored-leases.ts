import type { Instant, LeaseClaim } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { storedText } from '../projection-store/stored-text';
import { leaseColumns, type LeaseRow } from './lease-row';

/** The rows of the table `lease`, and every condition under which one changes. */
export interface StoredLeases {
  readonly find: (name: string) => LeaseRow | undefined;
  /** The row of a lease that somebody else holds at the instant of a claim. */
  readonly findInTheWay: (name: string, claim: LeaseClaim) => LeaseRow | undefined;
  /** Gives a lease that is free, under its next epoch. */
  readonly give: (name: string, claim: LeaseClaim) => LeaseRow | undefined;
  readonly extend: (name: string, epoch: number, until: Instant) => LeaseRow | undefined;
  readonly free: (name: string, epoch: number) => void;
}

const prepareStatements = (database: SqliteDatabase) => ({
  find: database.prepare(`SELECT ${leaseColumns} FROM lease WHERE name = ?1`),
  findInTheWay: database.prepare(
    `SELECT ${leaseColumns} FROM lease WHERE name = ?1 AND holder <> ?2 AND held_until > ?3`,
  ),
  // Two holders compare as texts, and so do instants, which are all of one length.
  give: database.prepare(
    `INSERT INTO lease (name, epoch, holder, held_until) VALUES (?1, 1, ?2, ?4)
      ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1, holder = ?2, held_until = ?4
        WHERE holder IS NULL OR holder = ?2 OR held_until <= ?3
      RETURNING ${leaseColumns}`,
  ),
  extend: database.prepare(
    `UPDATE lease SET held_until = max(held_until, ?3)
      WHERE name = ?1 AND epoch = ?2 AND holder IS NOT NULL RETURNING ${leaseColumns}`,
  ),
  free: database.prepare('UPDATE lease SET holder = NULL, held_until = NULL WHERE name = ?1 AND epoch = ?2'),
});

export const storedLeasesIn = (database: SqliteDatabase): StoredLeases => {
  const statements = prepareStatements(database);
  return {
    find: (name) => statements.find.get(storedText(name)) as LeaseRow | undefined,
    findInTheWay: (name, { holder, now }) =>
      statements.findInTheWay.get(storedText(name), holder, now) as LeaseRow | undefined,
    give: (name, { holder, now, until }) =>
      statements.give.get(storedText(name), holder, now, until) as LeaseRow | undefined,
    extend: (name, epoch, until) =>
      statements.extend.get(storedText(name), epoch, until) as LeaseRow | undefined,
    free: (name, epoch) => void statements.free.run(storedText(name), epoch),
  };
};
