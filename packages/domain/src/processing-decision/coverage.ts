import type { Instant } from '@mandate/event-sourcing';
import type { Grant, InstructionContent } from '../processing-instruction';
import {
  isWithinAny,
  type ContractScope,
  type InstructionScope,
  type NumberedVersion,
} from '../processing-scope';
import { isWithin, type Clause, type DataCategory, type Digest, type InstructionId } from '../vocabulary';
import type { DenialReason, InstructionObstacle, RequestDimension } from './reasons';
import type { ProcessingOperation } from './request';

/** The clause that an allowed operation rests on, and the proof that it was given in writing. */
export interface InstructionBasis {
  readonly kind: 'instruction';
  readonly instructionId: InstructionId;
  readonly version: number;
  readonly clause: Clause;
  readonly category: DataCategory;
  readonly evidenceDigest: Digest;
}

interface Candidate {
  readonly instruction: InstructionScope;
  readonly version: NumberedVersion;
  readonly grant: Grant;
  readonly lacks: readonly RequestDimension[];
}

/** The version in force; before the first one, that one, so that the answer can say "not yet". */
const versionAt = (instruction: InstructionScope, at: Instant): NumberedVersion | undefined =>
  instruction.versions.findLast(({ effectiveAt }) => effectiveAt <= at) ?? instruction.versions[0];

const isDeclared = (content: InstructionContent, request: ProcessingOperation): boolean =>
  request.special?.categories.every((special) => content.specialCategories?.categories.includes(special)) ??
  true;

const lacksOf = (
  grant: Grant,
  content: InstructionContent,
  request: ProcessingOperation,
  category: DataCategory,
): readonly RequestDimension[] => {
  const needsDeclaration = request.special !== undefined && category === request.special.foundIn;
  const isMet: readonly (readonly [RequestDimension, boolean])[] = [
    ['purpose', grant.purposes.some((purpose) => purpose === request.purpose)],
    ['category', grant.categories.includes(category)],
    ['channel', grant.channels.includes(request.channel)],
    ['data-set', grant.dataSets === 'all' || grant.dataSets.includes(request.dataSetId)],
    ['country', grant.countries.includes(request.country)],
    ['special-category', !needsDeclaration || isDeclared(content, request)],
  ];
  return isMet.filter(([, met]) => !met).map(([dimension]) => dimension);
};

const isEntitled = (
  scope: ContractScope,
  instruction: InstructionScope,
  version: NumberedVersion,
): boolean => {
  const { issuerId, evidence } = version.content;
  return (
    instruction.entitlement === 'authorised' &&
    scope.issuers.some(
      (authority) => authority.issuerId === issuerId && isWithin(authority.interval, evidence.receivedAt),
    )
  );
};

/** Whether another instruction, itself entitled, has taken this one's place. */
const isSuperseded = (scope: ContractScope, superseded: InstructionScope, at: Instant): boolean =>
  [...scope.instructions.values()].some((other) => {
    const [first] = other.versions;
    return (
      other.supersedes === superseded.instructionId &&
      first !== undefined &&
      first.effectiveAt <= at &&
      isEntitled(scope, other, first)
    );
  });

const obstaclesOf = (
  scope: ContractScope,
  { instruction, version, grant }: Candidate,
  at: Instant,
): readonly InstructionObstacle[] => {
  const { interval } = version.content;
  const hasEnded = (ending: string): boolean =>
    instruction.endings.some((other) => other.ending === ending && other.at <= at);
  const isContested = instruction.contests.some(
    (contest) =>
      isWithin(contest.interval, at) && (contest.clauses === 'all' || contest.clauses.includes(grant.clause)),
  );
  const standsInTheWay: readonly (readonly [InstructionObstacle, boolean])[] = [
    ['issuer-not-authorised', !isEntitled(scope, instruction, version)],
    ['instruction-not-yet-effective', at < version.effectiveAt || at < interval.from],
    ['instruction-expired', interval.until !== undefined && interval.until <= at],
    ['instruction-suspended', isWithinAny(instruction.suspensions, at)],
    ['instruction-contested', isContested],
    ['instruction-withdrawn', hasEnded('withdrawn')],
    ['instruction-refused', hasEnded('refused')],
    ['instruction-superseded', hasEnded('superseded') || isSuperseded(scope, instruction, at)],
  ];
  return standsInTheWay.filter(([, stands]) => stands).map(([obstacle]) => obstacle);
};

const candidatesFor = (
  scope: ContractScope,
  request: ProcessingOperation,
  category: DataCategory,
  at: Instant,
): readonly Candidate[] =>
  [...scope.instructions.values()].flatMap((instruction) => {
    const version = versionAt(instruction, at);
    if (version === undefined) return [];
    return version.content.grants.map((grant) => ({
      instruction,
      version,
      grant,
      lacks: lacksOf(grant, version.content, request, category),
    }));
  });

const notInstructed = (candidates: readonly Candidate[], category: DataCategory): DenialReason => {
  const nearest = candidates.toSorted((one, other) => one.lacks.length - other.lacks.length)[0];
  if (nearest === undefined) return { reason: 'not-instructed', category };
  const { instruction, grant, lacks } = nearest;
  const { instructionId } = instruction;
  return { reason: 'not-instructed', category, nearest: { instructionId, clause: grant.clause, lacks } };
};

/** The clause that covers one category of a request, or every reason why none does. */
export const coverageOf = (
  scope: ContractScope,
  request: ProcessingOperation,
  category: DataCategory,
  at: Instant,
): InstructionBasis | readonly DenialReason[] => {
  const candidates = candidatesFor(scope, request, category, at);
  const covering = candidates.filter(({ lacks }) => lacks.length === 0);
  if (covering.length === 0) return [notInstructed(candidates, category)];
  const reasons: DenialReason[] = [];
  for (const candidate of covering) {
    const { instruction, version, grant } = candidate;
    const { instructionId } = instruction;
    const obstacles = obstaclesOf(scope, candidate, at);
    if (obstacles.length === 0) {
      const evidenceDigest = version.content.evidence.digest;
      return {
        kind: 'instruction',
        instructionId,
        version: version.version,
        clause: grant.clause,
        category,
        evidenceDigest,
      };
    }
    reasons.push(...obstacles.map((reason) => ({ reason, category, instructionId, clause: grant.clause })));
  }
  return reasons;
};
