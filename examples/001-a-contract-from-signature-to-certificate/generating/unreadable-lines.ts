/** The code under which the demo counts lines that say nothing: denied like everything that is not understood. */
export const cannotBeUnderstood = 'cannot-be-understood';

/** How many lines of each kind there are among 100,000. */
export const unreadableOf100k = 25;

type Line = Readonly<Record<string, unknown>>;

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

const latin1 = (line: Line): Buffer =>
  Buffer.from(JSON.stringify({ ...line, to: 'zażółć@example.com' }).replaceAll(/[żółć]/g, 'ó'), 'latin1');

const truncated = (line: Line): Buffer => {
  const whole = bytes(line);
  return whole.subarray(0, Math.floor(whole.length * 0.6));
};

const { stringify } = JSON;

/** Ways in which a line of a log goes wrong. */
export const unreadableKinds: readonly (readonly [name: string, of: (line: Line) => Buffer])[] = [
  ['truncated', truncated],
  ['empty', () => Buffer.alloc(0)],
  ['a list instead of an object', (line) => Buffer.from(stringify([line['id']]))],
  ['a bare number', () => Buffer.from('42')],
  ['a number as the channel', (line) => bytes({ ...line, channel: 7 })],
  ['one category that is no list', (line) => bytes({ ...line, categories: 'recipient-contact' })],
  ['a day that does not exist', (line) => bytes({ ...line, at: '2026-02-30T10:00:00.000Z' })],
  ['a date in words', (line) => bytes({ ...line, at: 'yesterday' })],
  ['a channel that does not exist', (line) => bytes({ ...line, channel: 'carrier-pigeon' })],
  ['no purpose', ({ purpose: _purpose, ...line }) => bytes(line)],
  ['not UTF-8', latin1],
];
