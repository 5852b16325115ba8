import { openSqliteEventStore } from '@mandate/sqlite';
import { randomUUID } from 'node:crypto';
import { existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

// Appends to one file until it is killed: several callers at once, to streams of their own and to streams that all
// writers share. Writes down what it is about to append, and what was acknowledged. In its next life it first repeats
// what it has no acknowledgement of, with the same ids at the same place.

// Whoever was to kill it is gone itself.
process.on('disconnect', () => process.exit());

const { file, journalFile, name, life, callers, sharedStreams, isLying } = JSON.parse(process.argv[2]);

const entries = existsSync(journalFile)
  ? readFileSync(journalFile, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  : [];
const isAcknowledged = new Set(
  entries.filter(({ kind }) => kind !== 'trying').map(({ eventIds }) => eventIds[0]),
);
const unanswered = entries.filter(
  ({ kind, eventIds, life: tried }) =>
    kind === 'trying' && tried === life - 1 && !isAcknowledged.has(eventIds[0]),
);

const journal = openSync(journalFile, 'a');
const isTorn = existsSync(journalFile) && !/(?:^|\n)$/.test(readFileSync(journalFile, 'utf8'));
if (isTorn) throw new Error('A line of the journal was torn, which the kernel should not do.');

/** At once, and not when the process gets around to it: it may be killed before. */
const write = (kind, attempt, reason) =>
  writeSync(journal, `${JSON.stringify({ kind, life, reason, ...attempt })}\n`);

const eventOf = (eventId) => ({
  eventId,
  type: 'SomethingHappened',
  schemaVersion: 1,
  data: { text: 'x'.repeat(eventId.charCodeAt(0) * 4) },
  metadata: { commandId: eventId, correlationId: eventId, causationId: eventId, actor: name },
});

const retryable = new Set(['unavailable', 'outcome-unknown']);

/** Whether the events are there; throws what must not happen. */
const append = async (store, attempt) => {
  const { stream, expected, eventIds } = attempt;
  for (;;) {
    try {
      const { version } = await store.append(stream, expected, eventIds.map(eventOf));
      if (version !== expected + eventIds.length) throw new Error('acknowledged with a wrong version');
      return true;
    } catch (error) {
      if (error.code === 'version-conflict') return false;
      if (!retryable.has(error.code)) throw error;
      await pause(5);
    }
  }
};

const attemptAndTell = async (store, attempt) => {
  try {
    // Nobody else writes to its own streams, so that only a kill can turn this into a lie.
    const isEarly = isLying && attempt.stream.startsWith('own-');
    if (isEarly) write('acknowledged', attempt);
    const isThere = await append(store, attempt);
    if (isThere && !isEarly) write('acknowledged', attempt);
    if (isThere) process.send?.('acknowledged');
    return isThere;
  } catch (error) {
    write('failed', attempt, error.message);
    throw error;
  }
};

const versionOf = async (store, stream, known) => {
  let [version, isAtEnd] = [known, false];
  while (!isAtEnd) ({ next: version, atEnd: isAtEnd } = await store.readStream(stream, { after: version }));
  return version;
};

const appendForEver = async (store, caller) => {
  const own = `own-${name}-${life}-${caller}`;
  const known = new Map();
  for (let turn = 0; ; turn += 1) {
    const stream = (turn + caller) % 3 === 0 ? `shared-${Math.floor(Math.random() * sharedStreams)}` : own;
    const expected = await versionOf(store, stream, known.get(stream) ?? 0);
    const eventIds = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => randomUUID());
    const attempt = { stream, expected, eventIds };
    write('trying', attempt);
    await attemptAndTell(store, attempt);
    known.set(stream, expected);
  }
};

const store = await openSqliteEventStore({ file });
for (const { stream, expected, eventIds } of unanswered) {
  const isThere = await attemptAndTell(store, { stream, expected, eventIds });
  if (!isThere && stream.startsWith('own-')) throw new Error('A stream with one writer had a conflict.');
}
await Promise.all(Array.from({ length: callers }, (_, caller) => appendForEver(store, caller)));
