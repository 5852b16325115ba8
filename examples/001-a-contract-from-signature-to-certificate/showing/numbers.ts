const numbers = new Intl.NumberFormat('en-GB');

/** 10,000 rather than 10000. */
export const counted = (count: number): string => numbers.format(count);
