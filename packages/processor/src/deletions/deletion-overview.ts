import {
  deletionStanding,
  policyBefore,
  type DataSetStanding,
  type DeletionCase,
  type DeletionStanding,
} from '@mandate/deletion';
import type { LegalDate } from '@mandate/domain';
import { epochMillisecondsOf, type Instant } from '@mandate/event-sourcing';
import { legalDateAfter } from '../calendar/calendar';

/** How the time for a deletion stands: `near` in its last quarter, `passed` from its last instant on. */
export type Urgency = 'in-time' | 'near' | 'passed';

/** A data set that is not deleted yet, what it waits for, and by when it has to be deleted. */
export type OverseenDataSet = DataSetStanding & { readonly urgency: Urgency };

type InParts = Extract<DeletionStanding, { dataSets: readonly DataSetStanding[] }>;
type WithUrgency<Standing> = Standing extends InParts
  ? Omit<Standing, 'dataSets'> & { readonly dataSets: readonly OverseenDataSet[] }
  : Standing;

/** Where the deletion of one contract stands, and what it waits for. */
export type DeletionOverview = WithUrgency<DeletionStanding>;

/** A data set whose deletion is late, or may come to be. */
export interface DeletionAlarm {
  readonly contractId: string;
  readonly dataSet: OverseenDataSet;
}

const urgencyAt = (endedAt: LegalDate, deadline: LegalDate, at: Instant): Urgency => {
  if (deadline.at <= at) return 'passed';
  const [start, end, now] = [endedAt.at, deadline.at, at].map(epochMillisecondsOf) as [
    number,
    number,
    number,
  ];
  return end - now <= (end - start) / 4 ? 'near' : 'in-time';
};

/** The day by which a data set has to be deleted; none while a law requires its storage. */
const deadlineOf = (of: DeletionCase, dataSet: DataSetStanding): LegalDate | undefined => {
  if (dataSet.waitsFor === 'retention-law') return undefined;
  const policy = policyBefore(of, dataSet.endedAt);
  return dataSet.deadline ?? (policy && legalDateAfter(dataSet.endedAt, policy.deadline, policy.zone));
};

const overseen = (of: DeletionCase, dataSet: DataSetStanding, at: Instant): OverseenDataSet => {
  const deadline = deadlineOf(of, dataSet);
  return deadline === undefined
    ? { ...dataSet, urgency: 'in-time' }
    : { ...dataSet, deadline, urgency: urgencyAt(dataSet.endedAt, deadline, at) };
};

/** Where a deletion stands at an instant, with its deadlines. */
export const deletionOverview = (of: DeletionCase, at: Instant): DeletionOverview | undefined => {
  const standing = deletionStanding(of, at);
  return standing === undefined || !('dataSets' in standing)
    ? standing
    : { ...standing, dataSets: standing.dataSets.map((dataSet) => overseen(of, dataSet, at)) };
};

/** What somebody has to be told of, among everything that is under way. */
export const alarmsIn = (overviews: readonly DeletionOverview[]): readonly DeletionAlarm[] =>
  overviews.flatMap((overview) =>
    'dataSets' in overview
      ? overview.dataSets
          .filter(({ urgency }) => urgency !== 'in-time')
          .map((dataSet) => ({ contractId: overview.contractId, dataSet }))
      : [],
  );
