import { fieldIn, itemIn } from './field-path';

/** What a JSON text does not say once it is parsed. */
export interface JsonLines {
  /**
   * Where each value begins, by its path (`commands[3].data.startsAt`); the text itself is ''. Where several fields
   * have a name that must not be repeated (`?`), where the first of them begins.
   */
  readonly beginnings: ReadonlyMap<string, number>;
  /** Fields that an object has had before. `JSON.parse` would keep the last one and say nothing. */
  readonly repeated: readonly { readonly path: string; readonly line: number }[];
}

/** A text is no JSON from this line on. */
export interface JsonBreak {
  readonly line: number;
  readonly expected: string;
}

const depthMax = 64;
const string = /"(?:[\u0020\u0021\u0023-\u005b\u005d-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberOrWord = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\r\n]*/y;

class JsonBreakFound extends Error {
  readonly found: JsonBreak;

  constructor(found: JsonBreak) {
    super(found.expected);
    this.found = found;
  }
}

/** Walks through a JSON text once. `JSON.parse` gives the values; this gives the lines, which it does not know. */
class JsonWalk {
  readonly #beginnings = new Map<string, number>();
  readonly #repeated: { readonly path: string; readonly line: number }[] = [];
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  walk(): JsonLines {
    this.#value('', 0);
    if (this.#at < this.#text.length) this.#fail('nothing more after the end');
    return { beginnings: this.#beginnings, repeated: this.#repeated };
  }

  #value(path: string, depth: number): void {
    this.#skipSpace();
    if (!this.#beginnings.has(path)) this.#beginnings.set(path, this.#line);
    if (depth > depthMax) this.#fail(`at most ${depthMax} levels`);
    if (this.#take('{')) this.#object(path, depth);
    else if (this.#take('[')) this.#list(path, depth);
    else if (this.#match(string) === undefined && this.#match(numberOrWord) === undefined) {
      this.#fail('a value');
    }
    this.#skipSpace();
  }

  #object(path: string, depth: number): void {
    this.#skipSpace();
    if (this.#take('}')) return;
    const names = new Set<string>();
    do {
      this.#skipSpace();
      const written = this.#match(string) ?? this.#fail('the name of a field in double quotes');
      const name = JSON.parse(written) as string;
      const field = fieldIn(path, name);
      if (names.has(name)) this.#repeated.push({ path: field, line: this.#line });
      names.add(name);
      this.#skipSpace();
      if (!this.#take(':')) this.#fail('a colon after the name of a field');
      this.#value(field, depth + 1);
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('a comma or the end of an object');
  }

  #list(path: string, depth: number): void {
    this.#skipSpace();
    if (this.#take(']')) return;
    let index = 0;
    do {
      this.#value(itemIn(path, index), depth + 1);
      index += 1;
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail('a comma or the end of a list');
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#line += this.#match(space)?.split('\n').length ?? 1;
    this.#line -= 1;
  }

  #fail(expected: string): never {
    throw new JsonBreakFound({ line: this.#line, expected });
  }
}

/** The lines of a JSON text, or where it stops being one. */
export const jsonLinesOf = (text: string): JsonLines | JsonBreak => {
  try {
    return new JsonWalk(text).walk();
  } catch (error) {
    if (error instanceof JsonBreakFound) return error.found;
    throw error;
  }
};
