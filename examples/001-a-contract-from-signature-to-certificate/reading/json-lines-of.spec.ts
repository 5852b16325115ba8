import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonLinesOf } from './json-lines-of';

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
    expect(Object.fromEntries(jsonLinesOf(text) as Map<string, number>)).toEqual({
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
        expect(jsonLinesOf(written)).toBeInstanceOf(Map);
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
        expect(jsonLinesOf(text) instanceof Map).toBe(isJson(text));
      }),
      { numRuns: 1000 },
    );
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
