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

type Breaking = (line: Line) => Buffer;

const text = (written: string): Breaking => {
  const line = Buffer.from(written, 'utf8');
  return () => line;
};

const withField =
  (field: string, value: unknown): Breaking =>
  (line) =>
    bytes({ ...line, [field]: value });

const withoutPurpose: Breaking = ({ purpose: _purpose, ...line }) => bytes(line);

/** Ways in which a line of a log goes wrong. */
export const unreadableKinds: readonly (readonly [name: string, of: Breaking])[] = [
  ['truncated', truncated],
  ['empty', text('')],
  ['a list instead of an object', text('["delivery","e-mail"]')],
  ['a bare number', text('42')],
  ['a number as the channel', withField('channel', 7)],
  ['one category that is no list', withField('categories', 'recipient-contact')],
  ['a day that does not exist', withField('at', '2026-02-30T10:00:00.000Z')],
  ['a date in words', withField('at', 'yesterday')],
  ['a channel that does not exist', withField('channel', 'carrier-pigeon')],
  ['no purpose', withoutPurpose],
  ['not UTF-8', latin1],
];
