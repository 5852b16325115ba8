import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { madeUpPerson, type MadeUpPerson } from './made-up-people';
import { sendKinds, type SendKind, type Window } from './kinds-of-sends';
import { plannedLog } from './planned-log';
import { seededChance, type SeededChance } from './seeded';
import * as story from './story';
import { unreadableKinds } from './unreadable-lines';

interface PlannedLine {
  readonly at: number;
  readonly kind: SendKind;
  /** The way in which the line goes wrong, if it does. */
  readonly broken?: number;
}

const timeIn = (windows: readonly Window[], chance: SeededChance): number => {
  const lengths = windows.map(([from, until]) => Date.parse(until) - Date.parse(from));
  let offset = chance.below(lengths.reduce((sum, length) => sum + length, 0));
  for (const [index, length] of lengths.entries()) {
    if (offset < length) return Date.parse(windows[index]?.[0] ?? '') + offset;
    offset -= length;
  }
  throw new RangeError('Expected a window that is not empty.');
};

const plannedLines = (lines: number, chance: SeededChance): readonly PlannedLine[] => {
  const { sends, unreadable } = plannedLog(lines);
  const [ordinary] = sendKinds;
  const planned: PlannedLine[] = [];
  for (const { kind, count } of sends) {
    for (let nth = 0; nth < count; nth += 1) planned.push({ at: timeIn(kind.windows, chance), kind });
  }
  for (const { index: broken, count } of unreadable) {
    for (let nth = 0; nth < count; nth += 1) {
      planned.push({ at: timeIn(ordinary.windows, chance), kind: ordinary, broken });
    }
  }
  return planned.toSorted((one, other) => one.at - other.at);
};

const results = ['delivered', 'delivered', 'delivered', 'delivered', 'opened', 'opened', 'clicked'] as const;

/** Somebody who may be written to: who has opted out is not. */
const addressee = (recipients: number, chance: SeededChance): MadeUpPerson => {
  const person = madeUpPerson(story.storySeed, chance.below(recipients));
  return person.hasOptedOut ? addressee(recipients, chance) : person;
};

const textOf = ({ at, kind, broken }: PlannedLine, recipients: number, chance: SeededChance): Buffer => {
  const person = addressee(recipients, chance);
  const line = {
    id: chance.uuid(),
    at: new Date(at).toISOString(),
    contractId: story.contractId,
    dataSetId: story.dataSetId,
    to: kind.asks.channel === 'sms' ? person.phone : person.eMail,
    ...kind.asks,
    result: chance.below(100) === 0 ? 'failed' : chance.oneOf(results),
  };
  const breaking = broken === undefined ? undefined : unreadableKinds[broken];
  return breaking === undefined ? Buffer.from(JSON.stringify(line)) : breaking[1](line);
};

/** Writes the platform's log of March 2026, one JSON object a line, in the order of time. */
export const writeSendLog = async (
  path: string,
  { recipients, sends }: { readonly recipients: number; readonly sends: number },
): Promise<void> => {
  const chance = seededChance(story.storySeed);
  const temporary = `${path}.new`;
  const file = createWriteStream(temporary);
  for (const line of plannedLines(sends, chance)) {
    const isRoom = file.write(Buffer.concat([textOf(line, recipients, chance), Buffer.from('\n')]));
    if (!isRoom) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  await rename(temporary, path);
};
