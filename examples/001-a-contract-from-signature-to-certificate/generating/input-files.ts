import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipientsCsv } from './recipients-csv';
import { writeSendLog } from './send-log-file';

/** Writes `recipients.csv` and `sends.jsonl`, unless they are there; each appears as a whole or not at all. */
export const writeInputFiles = async (
  folder: string,
  scale: { readonly recipients: number; readonly sends: number },
): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const list = join(folder, 'recipients.csv');
  if (!existsSync(list)) {
    writeFileSync(`${list}.new`, recipientsCsv(scale.recipients));
    renameSync(`${list}.new`, list);
  }
  const log = join(folder, 'sends.jsonl');
  if (!existsSync(log)) await writeSendLog(log, scale);
};
