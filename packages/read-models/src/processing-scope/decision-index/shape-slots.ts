/**
 * Answers by the number of a shape, in one list: a number, its answer, the next number, its answer. Most data sets are
 * asked about in a few shapes; a table of all shapes would be large, and what is large is far away from the processor.
 */
export type ShapeSlots<Answer> = (number | Answer | undefined)[];

const slotsAtFirst = 4;

const emptySlots = <Answer>(slots: number): ShapeSlots<Answer> =>
  new Array<number | Answer | undefined>(2 * slots).fill(undefined);

/** Where a shape is, or would be put: never full, so that a search ends. */
const placeOf = (slots: ShapeSlots<unknown>, shape: number): number => {
  const last = slots.length - 2;
  let place = (2 * shape) & last;
  for (;;) {
    const found = slots[place];
    if (found === shape || found === undefined) return place;
    place = (place + 2) & last;
  }
};

export const findIn = <Answer extends object>(slots: ShapeSlots<Answer>, shape: number): Answer | undefined =>
  slots[placeOf(slots, shape) + 1] as Answer | undefined;

const put = <Answer extends object>(slots: ShapeSlots<Answer>, shape: number, answer: Answer): void => {
  const place = placeOf(slots, shape);
  slots[place] = shape;
  slots[place + 1] = answer;
};

/** The slots with one more answer, or with another one for the same shape: the same list, or a larger one. */
export const kept = <Answer extends object>(
  slots: ShapeSlots<Answer> | undefined,
  shape: number,
  answer: Answer,
): ShapeSlots<Answer> => {
  if (slots === undefined) return kept(emptySlots<Answer>(slotsAtFirst), shape, answer);
  put(slots, shape, answer);
  const used = slots.filter((item) => typeof item === 'number');
  // At least one slot in four is empty.
  if (used.length * 8 <= slots.length * 3) return slots;
  const larger = emptySlots<Answer>(slots.length);
  for (const number of used) {
    const known = findIn(slots, number);
    if (known !== undefined) put(larger, number, known);
  }
  return larger;
};
