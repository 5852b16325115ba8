import { recordCodec } from '@mandate/event-sourcing';
import * as t from 'io-ts';
import {
  channel,
  clause,
  country,
  dataCategory,
  dataSetId,
  evidence,
  interval,
  issuerId,
  legalBasis,
  nonEmpty,
  purpose,
  specialCategory,
  specialCategoryBasis,
  type Channel,
  type Clause,
  type Country,
  type DataCategory,
  type DataSetId,
  type Evidence,
  type Interval,
  type IssuerId,
  type LegalBasis,
  type NonEmpty,
  type Purpose,
  type SpecialCategory,
  type SpecialCategoryBasis,
} from '../vocabulary';

/** One clause of an instruction: every combination of its lists is instructed, nothing else. */
export interface Grant {
  readonly clause: Clause;
  readonly purposes: NonEmpty<Purpose>;
  readonly categories: NonEmpty<DataCategory>;
  readonly channels: NonEmpty<Channel>;
  /** `all`: every data set of the contract, also those entrusted later. */
  readonly dataSets: 'all' | NonEmpty<DataSetId>;
  readonly countries: NonEmpty<Country>;
}

/** The controller's declaration that its content holds special categories, and on what basis (Art. 9(2)). */
export interface SpecialCategoryDeclaration {
  readonly categories: NonEmpty<SpecialCategory>;
  readonly basis: SpecialCategoryBasis;
}

/** What an instruction says, from one version of it to the next. */
export interface InstructionContent {
  readonly issuerId: IssuerId;
  readonly evidence: Evidence;
  readonly grants: NonEmpty<Grant>;
  /** As the controller asserts it; the processor neither infers nor examines it. */
  readonly legalBasis: LegalBasis;
  readonly specialCategories?: SpecialCategoryDeclaration;
  readonly interval: Interval;
}

const grant: t.Type<Grant, unknown> = recordCodec<Grant>('a grant', {
  clause,
  purposes: nonEmpty(purpose),
  categories: nonEmpty(dataCategory),
  channels: nonEmpty(channel),
  dataSets: t.union([t.literal('all'), nonEmpty(dataSetId)]),
  countries: nonEmpty(country),
});

const specialCategoryDeclaration: t.Type<SpecialCategoryDeclaration, unknown> =
  recordCodec<SpecialCategoryDeclaration>('a declaration of special categories', {
    categories: nonEmpty(specialCategory),
    basis: specialCategoryBasis,
  });

export const contentFields = { issuerId, evidence, grants: nonEmpty(grant), legalBasis, interval };
export const optionalContentFields = { specialCategories: specialCategoryDeclaration };

export const instructionContent: t.Type<InstructionContent, unknown> = recordCodec<InstructionContent>(
  'the content of an instruction',
  contentFields,
  optionalContentFields,
);
