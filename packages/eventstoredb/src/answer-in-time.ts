/** There was no answer in time. In the words of the clients, so that it is treated like what they say themselves. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly type = 'deadline-exceeded';
}

/**
 * The answer of a call, or a `NoAnswerError`. The client's own deadlines do not cover looking for a node of a cluster,
 * nor reads, so each call has a timer of ours.
 */
export const answerInTime = async <T>(durationMs: number, call: () => Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswerError('There was no answer in time.'));
    }, durationMs);
  });
  try {
    return await Promise.race([call(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
