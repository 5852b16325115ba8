// Addresses and names that nobody may ever find in a place that is not their own.
const canaries = ['zdzislawa.canary@example.com', '+48600700801', 'Zdzisława Kanarek'] as const;

/** The address of a recipient, in whichever data set. */
export const addressOf = (recipientId: string): string =>
  canaries[Number(recipientId.slice(1)) % canaries.length] ?? canaries[0];

/** The part of a base64 text that holds nothing but the canary, wherever in a group of three bytes that begins. */
const inBase64 = (canary: string, offset: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(canary)]);
  const text = bytes.toString('base64').replace(/=+$/, '');
  return text.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1);
};

/** Every form in which a canary could leave a trace: as it is, escaped, encoded. */
const traces: readonly string[] = canaries.flatMap((canary) => [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  Buffer.from(canary).toString('latin1'),
  ...[0, 1, 2].map((offset) => inBase64(canary, offset)),
  ...[0, 1, 2].map((offset) => inBase64(canary, offset).replaceAll('+', '-').replaceAll('/', '_')),
  Buffer.from(canary).toString('hex'),
]);

/** What of the canaries a text gives away, by number: never the canary itself. */
export const tracesIn = (text: string): readonly number[] =>
  traces.flatMap((trace, index) => (text.includes(trace) ? [index] : []));

/** Everything that can be read of something, errors with their causes included. */
export const textOf = (something: object): string =>
  JSON.stringify(something, (_key, value: unknown) => {
    if (value instanceof Error) {
      const { name, message, stack, cause } = value;
      return { ...Object.fromEntries(Object.entries(value)), name, message, stack, cause };
    }
    if (value instanceof Map) return [...value.entries()];
    return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
  });
