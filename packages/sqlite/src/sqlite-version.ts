import type { SqliteDatabase } from './driver';
import { SqliteOpenError } from './sqlite-open-error';

const oldest = [3, 51, 3] as const;

const isNewEnough = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  for (const [index, needed] of oldest.entries()) {
    const found = parts[index] ?? 0;
    if (found !== needed) return found > needed;
  }
  return true;
};

/**
 * Refuses a SQLite older than 3.51.3: with several connections it can lose the reset of the write-ahead log and
 * damage the file. Throws `sqlite-too-old`.
 */
export const requireSqliteVersion = (database: SqliteDatabase): void => {
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as {
    readonly version: string;
  };
  if (isNewEnough(version)) return;
  throw new SqliteOpenError(
    'sqlite-too-old',
    `Expected SQLite ${oldest.join('.')} or newer, found ${version}. ` +
      'Older versions can damage a file that several connections write. Update the SQLite driver.',
  );
};
