const refuse = (): never => {
  throw new TypeError('What is frozen was about to be changed.');
};

const unchangeable = Object.fromEntries(
  ['set', 'add', 'delete', 'clear'].map((method) => [method, { value: refuse }]),
);

/** The value itself; changing it, or anything in it, throws from now on, also where it is a map or a set. */
export const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    for (const item of value.values()) frozen(item);
    Object.defineProperties(value, unchangeable);
  }
  for (const item of Object.values(value)) frozen(item);
  return Object.freeze(value);
};
