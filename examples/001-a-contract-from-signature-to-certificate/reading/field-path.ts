/** As the library has it: a strange name could be somebody's address, one that begins with a digit a phone number. */
const isPrintable = (name: string): boolean => /^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(name);

/** The path of a field of an object; a name that must not be repeated becomes `?`. */
export const fieldIn = (owner: string, name: string): string =>
  [owner, isPrintable(name) ? name : '?'].filter(Boolean).join('.');

/** The path of an item of a list. */
export const itemIn = (owner: string, index: number): string => `${owner}[${index}]`;

/** The path of something whose path from an owner on is known. */
export const pathWithin = (owner: string, path: string): string =>
  path.startsWith('[') ? `${owner}${path}` : [owner, path].filter(Boolean).join('.');
