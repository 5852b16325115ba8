import fc from 'fast-check';
import * as v from '../vocabulary';
import type { NonEmpty } from '../vocabulary';

/** Some items of a list, at least one, each once, in the order of the list. */
export const someOf = <Item>(items: readonly Item[]): fc.Arbitrary<NonEmpty<Item>> =>
  fc.subarray([...items], { minLength: 1 }) as unknown as fc.Arbitrary<NonEmpty<Item>>;

/** Words of each closed list. */
export const arbitraryWords = {
  purpose: fc.constantFrom(...v.purposes),
  ownPurpose: fc.constantFrom(...v.ownPurposes),
  dataCategory: fc.constantFrom(...v.dataCategories),
  channel: fc.constantFrom(...v.channels),
  specialCategory: fc.constantFrom(...v.specialCategories),
  legalBasis: fc.constantFrom(...v.legalBases),
  specialCategoryBasis: fc.constantFrom(...v.specialCategoryBases),
  memberState: fc.constantFrom(...v.memberStates),
  endOfServiceChoice: fc.constantFrom(...v.endOfServiceChoices),
  terminationGround: fc.constantFrom(...v.terminationGrounds),
  suspensionGround: fc.constantFrom(...v.suspensionGrounds),
  documentMedium: fc.constantFrom(...v.documentMedia),
  erasureMethod: fc.constantFrom(...v.erasureMethods),
  restrictionGround: fc.constantFrom(...v.restrictionGrounds),
  contestGround: fc.constantFrom(...v.contestGrounds),
  sendingOutcome: fc.constantFrom(...v.sendingOutcomes),
  retainedItem: fc.constantFrom(...v.retainedItems),
  returnFormat: fc.constantFrom(...v.returnFormats),
  certificateStatus: fc.constantFrom(...v.certificateStatuses),
  storeKind: fc.constantFrom(...v.storeKinds),
  erasureVerification: fc.constantFrom(...v.erasureVerifications),
} as const;
