import { recordCodec } from '@mandate/event-sourcing';
import * as t from 'io-ts';
import {
  channel,
  country,
  dataCategory,
  evidence,
  nonEmpty,
  period,
  purpose,
  timeZone,
  type Channel,
  type Country,
  type DataCategory,
  type Evidence,
  type NonEmpty,
  type Period,
  type Purpose,
  type TimeZone,
} from '../vocabulary';

/** How, and how soon, everything is deleted after the end (Art. 28(3)(g)). */
export interface DeletionPolicy {
  readonly mode: 'crypto-shredding-and-erasure';
  /** Time for deletion, counted from the end of service. */
  readonly deadline: Period;
  /** The zone in which the deadline's days are counted. */
  readonly zone: TimeZone;
  /** How long backups that still hold the data live on, at the longest. */
  readonly backupRetention: Period;
}

/** What the parties agreed on: the frame that no instruction can leave (Art. 28(3), Annex II of the clauses). */
export interface ContractTerms {
  readonly purposes: NonEmpty<Purpose>;
  readonly categories: NonEmpty<DataCategory>;
  readonly channels: NonEmpty<Channel>;
  /** Where processing may take place; transfers need an instruction beside it (Art. 28(3)(a)). */
  readonly countries: NonEmpty<Country>;
  /** The signed data processing terms. */
  readonly document: Evidence;
  readonly deletion: DeletionPolicy;
}

const deletionPolicy: t.Type<DeletionPolicy, unknown> = recordCodec<DeletionPolicy>('a deletion policy', {
  mode: t.literal('crypto-shredding-and-erasure'),
  deadline: period,
  zone: timeZone,
  backupRetention: period,
});

export const contractTerms: t.Type<ContractTerms, unknown> = recordCodec<ContractTerms>('contract terms', {
  purposes: nonEmpty(purpose),
  categories: nonEmpty(dataCategory),
  channels: nonEmpty(channel),
  countries: nonEmpty(country),
  document: evidence,
  deletion: deletionPolicy,
});
