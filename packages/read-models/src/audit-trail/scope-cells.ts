import {
  isWithinAny,
  scopeEnd,
  termsAt,
  type ContractScope,
  type DataSetScope,
  type InstructionScope,
  type SubProcessorScope,
} from '@mandate/domain';
import type { Instant, Json } from '@mandate/event-sourcing';

/** What a scope says at an instant, each under a name of its own, like `contract.suspended`. */
export type ScopeCells = ReadonlyMap<string, Json>;

type Cell = readonly [name: string, value: Json | undefined];

const contractCells = (scope: ContractScope, at: Instant): readonly Cell[] => {
  const end = scopeEnd(scope);
  return [
    ['contract.started', scope.startsAt <= at],
    ['contract.end', end],
    ['contract.ended', end !== undefined && end <= at],
    ['contract.closed', scope.isClosed],
    ['contract.suspended', isWithinAny(scope.suspensions, at)],
    ...Object.entries(termsAt(scope, at) ?? {}).map(([name, term]): Cell => [`terms.${name}`, term as Json]),
  ];
};

const issuerCells = ({ issuers }: ContractScope, at: Instant): readonly Cell[] =>
  [...new Set(issuers.map(({ issuerId }) => issuerId))].map((issuerId) => {
    const intervals = issuers
      .filter((issuer) => issuer.issuerId === issuerId)
      .map(({ interval }) => interval);
    return [`issuer.${issuerId}.authorised`, isWithinAny(intervals, at)];
  });

const subProcessorCells = (id: string, scope: SubProcessorScope, at: Instant): readonly Cell[] => {
  const countries = scope.uses
    .filter(({ interval }) => isWithinAny([interval], at))
    .flatMap((use) => use.countries);
  return [
    [`sub-processor.${id}.countries`, [...new Set(countries)].sort()],
    [`sub-processor.${id}.objected`, scope.isObjected],
  ];
};

const instructionCells = (id: string, scope: InstructionScope, at: Instant): readonly Cell[] => {
  const version = scope.versions.findLast(({ effectiveAt }) => effectiveAt <= at);
  const contested = scope.contests.filter(({ interval }) => isWithinAny([interval], at));
  return [
    [`instruction.${id}.version`, version?.version],
    [`instruction.${id}.in-force`, version !== undefined && isWithinAny([version.content.interval], at)],
    [`instruction.${id}.suspended`, isWithinAny(scope.suspensions, at)],
    [
      `instruction.${id}.contested`,
      contested.map(({ clauses }): Json => (clauses === 'all' ? 'all' : [...clauses])),
    ],
    [`instruction.${id}.endings`, scope.endings.filter((one) => one.at <= at).map(({ ending }) => ending)],
  ];
};

const dataSetCells = (id: string, scope: DataSetScope, at: Instant): readonly Cell[] => [
  [`data-set.${id}.categories`, [...scope.categories]],
  [`data-set.${id}.restricted`, isWithinAny(scope.restrictions, at)],
  [`data-set.${id}.deletion-ordered`, scope.isDeletionOrdered],
  [`data-set.${id}.deleted`, scope.isDeleted],
];

/** What a scope says at an instant, as named values that can be compared; nothing of a contract that is not known. */
export const scopeCellsAt = (scope: ContractScope | undefined, at: Instant): ScopeCells => {
  if (scope === undefined) return new Map();
  const cells = [
    ...contractCells(scope, at),
    ...issuerCells(scope, at),
    ...[...scope.subProcessors].flatMap(([id, one]) => subProcessorCells(id, one, at)),
    ...[...scope.instructions].flatMap(([id, one]) => instructionCells(id, one, at)),
    ...[...scope.dataSets].flatMap(([id, one]) => dataSetCells(id, one, at)),
  ];
  return new Map(cells.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
};
