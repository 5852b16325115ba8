/** The complaints that are true. */
export const complaintsWhere = (isSo: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.entries(isSo).flatMap(([complaint, isTrue]) => (isTrue ? [complaint] : []));
