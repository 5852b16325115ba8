/**
 * A text as it is kept: as between the quotes of JSON. SQLite would cut off some texts at a zero and give others back
 * with another character where half of a pair stood, so that two keys became one. Ordinary texts stay as they are.
 */
export const storedText = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The text that was kept; `undefined` for what `storedText` cannot have written. */
export const textOf = (stored: unknown): string | undefined => {
  if (typeof stored !== 'string') return undefined;
  try {
    const text: unknown = JSON.parse(`"${stored}"`);
    return typeof text === 'string' && storedText(text) === stored ? text : undefined;
  } catch {
    return undefined;
  }
};
