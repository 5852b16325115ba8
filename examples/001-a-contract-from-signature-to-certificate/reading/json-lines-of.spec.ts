import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonLinesOf, type JsonLines } from './json-lines-of';

const linesOf = (text: string): JsonLines => {
  const lines = jsonLinesOf(text);
  if ('expected' in lines) throw new Error(`Expected ${lines.expected} on line ${lines.line}.`);
  return lines;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the lines of a JSON text', () => {
  it('are those on which its values begin', () => {
    const text = '{\n  "commands": [\n    { "at": "now",\n      "data": {} },\n    7\n  ]\n}';
    expect(Object.fromEntries(linesOf(text).beginnings)).toEqual({
      '': 1,
      commands: 2,
      'commands[0]': 3,
      'commands[0].at': 3,
      'commands[0].data': 4,
      'commands[1]': 5,
    });
  });

  it('exist for every JSON text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 1, 2), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(linesOf(written).repeated).toEqual([]);
      }),
    );
  });

  it('exist for no other text', () => {
    const broken = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.nat(2),
        fc.constantFrom('', '"', ',', '}', '[', '\\', '\n', 'x', '0'),
      )
      .map(([text, place, removed, added]) => {
        const at = place % (text.length + 1);
        return `${text.slice(0, at)}${added}${text.slice(at + removed)}`;
      });
    fc.assert(
      fc.property(broken, (text) => {
        expect('beginnings' in jsonLinesOf(text)).toBe(isJson(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('name no field whose name could be personal data, and still know where it is', () => {
    const text = '{\n  "anna@example.com": {\n    "+48073000019": 1 },\n  "Jan Kowalski": 2\n}';
    expect(Object.fromEntries(linesOf(text).beginnings)).toEqual({ '': 1, '?': 2, '?.?': 3 });
  });

  it('tell which fields an object has twice, however their names are written', () => {
    const text = '{ "a": {"b": 1,\n"b": 2},\n"\\u0061": 3,\n"c": {"a": 1} }';
    expect(linesOf(text).repeated).toEqual([
      { path: 'a.b', line: 2 },
      { path: 'a', line: 3 },
    ]);
  });

  it('stop where the text stops being JSON', () => {
    expect(jsonLinesOf('{\n  "a": 1,\n  "b" 2\n}')).toEqual({
      line: 3,
      expected: 'a colon after the name of a field',
    });
  });

  it('stop at a depth that no input needs, before the stack does', () => {
    expect(jsonLinesOf('['.repeat(100_000))).toEqual({ line: 1, expected: 'at most 64 levels' });
  });
});
