/**
 * What fast-check throws when an expectation of jest failed inside a property, as a pattern for `toMatchObject`. A
 * planted mistake has to be found out by what is expected, not by a fault of the test itself.
 */
export const failedExpectation = { cause: { matcherResult: {} } };

/** What a call throws. */
export const thrownBy = (call: () => unknown): unknown => {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
};
