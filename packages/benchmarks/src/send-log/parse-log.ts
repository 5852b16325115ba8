import { createReadStream } from 'node:fs';

/** The least that could read a log: text in pieces, split into lines, each parsed. Answers how many there are. */
export const parseLog = async (file: string): Promise<number> => {
  let [rest, records] = ['', 0];
  // The decoder of the stream keeps the bytes of a character that was cut.
  const pieces = createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  for await (const piece of pieces as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const record = JSON.parse(line) as { readonly contractId: string };
      if (record.contractId !== '') records += 1;
    }
  }
  return records;
};
