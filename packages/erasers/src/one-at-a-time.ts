const last = new Map<string, Promise<unknown>>();

/** Runs work of one name after the other within this process, whoever asks for it. */
export const oneAtATime = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const before = last.get(name);
  const mine = (async () => {
    await before?.catch(() => undefined);
    return work();
  })();
  last.set(name, mine);
  try {
    return await mine;
  } finally {
    if (last.get(name) === mine) last.delete(name);
  }
};
