import type { Instant } from '@mandate/event-sourcing';
import type { Interval } from '../vocabulary';
import type { ContractScope, DataSetScope, InstructionScope, SubProcessorScope } from './scope';

type Bound = Instant | undefined;

const boundsOf = ({ from, until }: Interval): readonly Bound[] => [from, until];

const ofInstruction = ({ versions, suspensions, contests, endings }: InstructionScope): readonly Bound[] => [
  ...versions.flatMap(({ effectiveAt, content }) => [effectiveAt, ...boundsOf(content.interval)]),
  ...suspensions.flatMap(boundsOf),
  ...contests.flatMap(({ interval }) => boundsOf(interval)),
  ...endings.map(({ at }) => at),
];

const ofSubProcessor = ({ uses, windowClosesAt }: SubProcessorScope): readonly Bound[] => [
  ...uses.flatMap(({ interval }) => boundsOf(interval)),
  windowClosesAt,
];

const ofDataSet = ({ restrictions, withdrawnFrom }: DataSetScope): readonly Bound[] => [
  ...restrictions.flatMap(boundsOf),
  withdrawnFrom,
];

/**
 * Every instant at which an answer may change by itself, in order, each once. Between two neighbours, from the first
 * on and before the second (half-open), what may be done under a contract is the same.
 */
export const boundariesOf = (scope: ContractScope): readonly Instant[] => {
  const bounds: readonly Bound[] = [
    scope.startsAt,
    scope.noticedEnd,
    scope.recordedEnd,
    ...scope.terms.map(({ effectiveAt }) => effectiveAt),
    ...scope.suspensions.flatMap(boundsOf),
    ...[...scope.subProcessors.values()].flatMap(ofSubProcessor),
    ...[...scope.instructions.values()].flatMap(ofInstruction),
    ...[...scope.dataSets.values()].flatMap(ofDataSet),
  ];
  return [...new Set(bounds)].filter((bound) => bound !== undefined).sort();
};
