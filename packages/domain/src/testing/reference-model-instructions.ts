import type { Instant } from '@mandate/event-sourcing';
import type { MandateEvent } from '../event';
import type { DenialCode, ProcessingOperation } from '../processing-decision';
import type { Grant, InstructionContent } from '../processing-instruction';
import type { DataCategory, InstructionId, IssuerId } from '../vocabulary';
import { allOf, isOnAt, type Known } from './reference-model-facts';

interface Authority {
  readonly issuerId: IssuerId;
  readonly from: Instant;
  readonly until?: Instant;
}

/** What an event says about who may instruct; those named at the conclusion may once the terms are signed. */
const authoritiesIn = (event: MandateEvent): readonly Authority[] => {
  if (event.type === 'IssuerAuthorised') return [{ issuerId: event.data.issuerId, ...event.data.interval }];
  if (event.type !== 'ContractConcluded') return [];
  const { issuers, startsAt, terms } = event.data;
  const signedAt = terms.document.receivedAt;
  return issuers.map((issuerId) => ({ issuerId, from: signedAt < startsAt.at ? signedAt : startsAt.at }));
};

/** Whether somebody could speak for the controller at an instant, by everything that is known by now. */
const couldInstruct = (known: Known, issuerId: IssuerId, at: Instant): boolean =>
  known.some((event, index) => {
    const isNamed = authoritiesIn(event)
      .filter((named) => named.issuerId === issuerId)
      .some(({ from, until }) => from <= at && (until === undefined || at < until));
    const isRevoked = allOf(known.slice(index), 'IssuerRevoked').some(
      (revoked) => revoked.issuerId === issuerId && revoked.effectiveAt <= at,
    );
    return isNamed && !isRevoked;
  });

interface Version {
  readonly effectiveAt: Instant;
  readonly content: InstructionContent;
}

/** What one instruction said from when on. */
export const versionsOf = (known: Known, id: InstructionId): readonly Version[] =>
  known.flatMap((event) => {
    if (event.type === 'InstructionIssued' && event.data.instructionId === id) {
      return [{ effectiveAt: event.data.content.interval.from, content: event.data.content }];
    }
    return event.type === 'InstructionAmended' && event.data.instructionId === id ? [event.data] : [];
  });

const versionInForce = (known: Known, id: InstructionId, at: Instant): Version | undefined => {
  const versions = versionsOf(known, id);
  return versions.findLast(({ effectiveAt }) => effectiveAt <= at) ?? versions[0];
};

const isEntitled = (known: Known, id: InstructionId, { content }: Version): boolean =>
  allOf(known, 'InstructionIssued').some(
    ({ instructionId, entitlement }) => instructionId === id && entitlement === 'authorised',
  ) && couldInstruct(known, content.issuerId, content.evidence.receivedAt);

const isSuspended = (known: Known, id: InstructionId, at: Instant): boolean =>
  isOnAt(
    known.flatMap((event) =>
      (event.type === 'InstructionSuspended' || event.type === 'InstructionResumed') &&
      event.data.instructionId === id
        ? [{ isOn: event.type === 'InstructionSuspended', effectiveAt: event.data.effectiveAt }]
        : [],
    ),
    at,
  );

/** A contest stands until the controller's answer takes effect: a confirmation, or an amended version. */
const isContested = (known: Known, id: InstructionId, grant: Grant, at: Instant): boolean =>
  known.some((event, index) => {
    if (event.type !== 'InstructionContested' || event.data.instructionId !== id) return false;
    const { clauses, effectiveAt } = event.data;
    if (at < effectiveAt || (clauses !== 'all' && !clauses.includes(grant.clause))) return false;
    const answer = known
      .slice(index)
      .flatMap((later) =>
        later.type === 'InstructionConfirmed' || later.type === 'InstructionAmended' ? [later.data] : [],
      )
      .find(({ instructionId }) => instructionId === id);
    return answer === undefined || at < answer.effectiveAt;
  });

type Ending = 'InstructionWithdrawn' | 'InstructionRefused' | 'InstructionSuperseded';

const isOver = (known: Known, id: InstructionId, type: Ending, at: Instant): boolean =>
  allOf<Ending>(known, type).some(
    ({ instructionId, effectiveAt }: Extract<MandateEvent, { type: Ending }>['data']) =>
      instructionId === id && effectiveAt <= at,
  );

/** Whether an entitled instruction was issued to take the place of this one, and has taken effect. */
const isReplaced = (known: Known, id: InstructionId, at: Instant): boolean =>
  allOf(known, 'InstructionIssued').some(({ instructionId, supersedes }) => {
    const first = versionsOf(known, instructionId)[0];
    return (
      supersedes === id &&
      first !== undefined &&
      first.effectiveAt <= at &&
      isEntitled(known, instructionId, first)
    );
  });

export const isDeclared = (
  content: InstructionContent,
  { special }: ProcessingOperation,
  category: DataCategory,
): boolean => {
  const declared = content.specialCategories?.categories;
  return (
    special?.foundIn !== category || special.categories.every((found) => declared?.includes(found) === true)
  );
};

export const doesCover = (grant: Grant, request: ProcessingOperation, category: DataCategory): boolean =>
  grant.purposes.some((granted) => granted === request.purpose) &&
  grant.categories.includes(category) &&
  grant.channels.includes(request.channel) &&
  (grant.dataSets === 'all' || grant.dataSets.includes(request.dataSetId)) &&
  grant.countries.includes(request.country);

interface Covering {
  readonly id: InstructionId;
  readonly version: Version;
  readonly grant: Grant;
}

/** What keeps a clause that covers a request from having effect. */
export const obstacles = (
  known: Known,
  { id, version, grant }: Covering,
  at: Instant,
): readonly DenialCode[] => {
  const { interval } = version.content;
  const found: readonly (readonly [boolean, DenialCode])[] = [
    [!isEntitled(known, id, version), 'issuer-not-authorised'],
    [at < version.effectiveAt || at < interval.from, 'instruction-not-yet-effective'],
    [interval.until !== undefined && interval.until <= at, 'instruction-expired'],
    [isSuspended(known, id, at), 'instruction-suspended'],
    [isContested(known, id, grant, at), 'instruction-contested'],
    [isOver(known, id, 'InstructionWithdrawn', at), 'instruction-withdrawn'],
    [isOver(known, id, 'InstructionRefused', at), 'instruction-refused'],
    [isOver(known, id, 'InstructionSuperseded', at) || isReplaced(known, id, at), 'instruction-superseded'],
  ];
  return found.filter(([stands]) => stands).map(([, code]) => code);
};

/** Why no instruction covers one category of a request with effect; empty when one does. */
export const whyNotInstructed = (
  known: Known,
  request: ProcessingOperation,
  category: DataCategory,
  at: Instant,
): readonly DenialCode[] => {
  const covering = allOf(known, 'InstructionIssued').flatMap(({ instructionId: id }): readonly Covering[] => {
    const version = versionInForce(known, id, at);
    if (version === undefined || !isDeclared(version.content, request, category)) return [];
    const grants = version.content.grants.filter((grant) => doesCover(grant, request, category));
    return grants.map((grant) => ({ id, version, grant }));
  });
  if (covering.length === 0) return ['not-instructed'];
  const standing = covering.map((each) => obstacles(known, each, at));
  return standing.some((codes) => codes.length === 0) ? [] : standing.flat();
};
