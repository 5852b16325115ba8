import { type OpenSqliteDatabase, type SqliteDatabase, type SqliteValue } from '../driver';

type Write = () => unknown;

interface Moments {
  /** What happens to a document that is written in a transaction. */
  readonly onWrite: (write: Write, later: Write[]) => void;
  readonly onEnd: (how: 'COMMIT' | 'ROLLBACK', later: readonly Write[]) => void;
}

/** Makes a driver of another one. */
type Mutation = (open: OpenSqliteDatabase) => OpenSqliteDatabase;

/** A driver that treats the documents of projections otherwise than everything else. */
const withDocuments =
  ({ onWrite, onEnd }: Moments): Mutation =>
  (open) =>
  (file) => {
    const database = open(file);
    let later: Write[] = [];

    const end = (how: 'COMMIT' | 'ROLLBACK'): void => {
      const writes = later;
      later = [];
      onEnd(how, writes);
    };

    const prepare: SqliteDatabase['prepare'] = (sql) => {
      const statement = database.prepare(sql);
      const run = (...parameters: readonly SqliteValue[]): ReturnType<typeof statement.run> => {
        if (/^(?:INSERT INTO|DELETE FROM) projection_document/.test(sql)) {
          onWrite(() => statement.run(...parameters), later);
          return { changes: 1, lastInsertRowid: 0 };
        }
        const result = statement.run(...parameters);
        if (sql === 'COMMIT') end('COMMIT');
        return result;
      };
      return { ...statement, run };
    };

    return {
      ...database,
      prepare,
      exec: (sql) => {
        database.exec(sql);
        if (sql === 'ROLLBACK') end('ROLLBACK');
      },
    };
  };

const runAll = (writes: readonly Write[]): void => {
  for (const write of writes) write();
};

/** Documents are written in transactions of their own, when that of the events has ended. */
export const documentsAfterCommit: Mutation = withDocuments({
  onWrite: (write, later) => void later.push(write),
  onEnd: (how, later) => {
    if (how === 'COMMIT') runAll(later);
  },
});

/** Documents are kept of what is taken back. */
export const documentsOfRolledBack: Mutation = withDocuments({
  onWrite: (write, later) => {
    write();
    later.push(write);
  },
  onEnd: (how, later) => {
    if (how === 'ROLLBACK') runAll(later);
  },
});

/** A projection stays where it was when its documents change. */
export const checkpointNotMoved: Mutation = (open) => (file) => {
  const database = open(file);
  return {
    ...database,
    prepare: (sql) => database.prepare(sql.replace('SET position = ?5,', 'SET position = position,')),
  };
};
