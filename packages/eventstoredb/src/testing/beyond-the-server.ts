/** Promises of the port that EventStoreDB cannot keep, by the titles of their tests, and why. */
export const beyondTheServer: ReadonlyMap<string, string> = new Map([
  ...[
    'an event id that stands in another stream is refused, with the whole append',
    'an event id that stands earlier in the stream is refused at its end',
    'a batch is stored whole or not at all',
    'of two appends with the same event id to two streams exactly one happens',
    'acknowledged events survive the store if it says so, and only then',
  ].map(
    (title) => [title, 'the server knows no event ids beside the places where they are expected'] as const,
  ),
  ...[
    'no event is dated before the one that precedes it in the log',
    'a clock that is set back does not make the log say so',
  ].map((title) => [title, 'the server dates events by the clock of its machine, as it is'] as const),
]);

/** Tests that set the store's clock, which a server that runs elsewhere does not ask. */
export const needsTheClock: ReadonlySet<string> = new Set([
  'the time of recording is that of the store’s clock',
  'a repeated append keeps the time of the first',
]);
