import { deepStrictEqual } from 'node:assert/strict';
import { evolveScope, type ContractId, type ProcessingDecision } from '@mandate/domain';
import {
  decideFromHistory,
  decideNaively,
  type History,
  type Inquiry,
  type Question,
} from '@mandate/domain/testing';
import { epochMillisecondsOf, positionOf, type StoreId } from '@mandate/event-sourcing';
import { createDecisionIndex, type DecisionIndex } from '../processing-scope/decision-index/decision-index';
import type { Permit } from '../processing-scope/decision-index/permit';
import type { ContractHistory } from '../processing-scope/state';

export type CreateIndex = typeof createDecisionIndex;

const storeId = '11111111-1111-4111-8111-111111111111' as StoreId;

/** How often the questions are asked while the history grows. */
const pauses = 3;

interface Kept {
  readonly question: Question;
  readonly permit: Permit;
}

const plain = (answer: ProcessingDecision): ProcessingDecision =>
  answer.decision === 'allow' ? { decision: 'allow', bases: answer.bases } : answer;

/** An index over a history that grows event by event. */
const growing = (createIndex: CreateIndex) => {
  const histories = new Map<ContractId, ContractHistory>();
  const index = createIndex({ historyOf: (contractId) => histories.get(contractId), isReadable: () => true });
  let place = 0;
  return {
    index,
    add: ({ event, recordedAt }: History[number]): void => {
      const { contractId } = event.data;
      const { scope, events } = histories.get(contractId) ?? { scope: undefined, events: [] };
      place += 1;
      events.push({ event, recordedAt, position: positionOf(storeId, place) });
      index.forget(contractId);
      histories.set(contractId, { scope: evolveScope(scope, event), events });
    },
  };
};

const checkPermits = (
  index: DecisionIndex,
  soFar: History,
  questions: readonly Question[],
): readonly Kept[] => {
  const kept: Kept[] = [];
  const knownAt = soFar.at(-1)?.recordedAt;
  if (knownAt === undefined) return [];
  // Twice: the second time from its cell.
  for (const question of [...questions, ...questions]) {
    const { request, validAt } = question;
    const atMs = epochMillisecondsOf(validAt);
    const answer = index.permit(request, atMs);
    deepStrictEqual(plain(answer), decideFromHistory(soFar, { request, validAt, knownAt }));
    deepStrictEqual(index.allows(request, atMs), answer.decision === 'allow');
    if (answer.decision === 'allow') kept.push({ question, permit: answer });
  }
  return kept;
};

/** A permit that was just given holds for the instant that it was given for. */
const checkFresh = (index: DecisionIndex, kept: readonly Kept[]): void => {
  for (const { question, permit } of kept) {
    deepStrictEqual(index.holds(permit, epochMillisecondsOf(question.validAt)), true);
  }
};

/** A permit that is said to hold must be what the rules say. */
const checkKept = (
  index: DecisionIndex,
  soFar: History,
  kept: readonly Kept[],
  questions: readonly Question[],
): void => {
  const knownAt = soFar.at(-1)?.recordedAt;
  if (knownAt === undefined) return;
  for (const { question, permit } of kept) {
    for (const { validAt } of questions) {
      if (!index.holds(permit, epochMillisecondsOf(validAt))) continue;
      const expected = decideFromHistory(soFar, { request: question.request, validAt, knownAt });
      deepStrictEqual(plain(permit), expected);
    }
  }
};

/** How many were allowed. */
const checkAsOf = (index: DecisionIndex, history: History, questions: readonly Question[]): number => {
  let allowed = 0;
  for (const question of [...questions, ...questions]) {
    const { request, validAt, knownAt } = question;
    const answer = index.decide(request, question);
    deepStrictEqual(answer, decideFromHistory(history, question));
    deepStrictEqual(
      index.allows(request, epochMillisecondsOf(validAt), epochMillisecondsOf(knownAt)),
      answer.decision === 'allow',
    );
    const codes = answer.decision === 'allow' ? [] : answer.reasons.map(({ reason }) => reason);
    deepStrictEqual(
      { decision: answer.decision, codes: new Set(codes) },
      decideNaively(history, request, question),
    );
    if (answer.decision === 'allow') allowed += 1;
  }
  return allowed / 2;
};

/**
 * Compares an index with the rules over the folded intervals and with the naive reference model, while the history grows
 * and about every past. Throws at the first difference; tells how many of the questions were allowed.
 */
export const checkAgreement = (
  { history, questions }: Inquiry,
  createIndex: CreateIndex = createDecisionIndex,
): number => {
  const { index, add } = growing(createIndex);
  const stride = Math.max(1, Math.ceil(history.length / pauses));
  let kept: readonly Kept[] = [];
  for (const [place, recorded] of history.entries()) {
    add(recorded);
    if ((place + 1) % stride !== 0 && place !== history.length - 1) continue;
    const soFar = history.slice(0, place + 1);
    checkKept(index, soFar, kept, questions);
    kept = checkPermits(index, soFar, questions);
    checkFresh(index, kept);
    checkKept(index, soFar, kept, questions);
  }
  return checkAsOf(index, history, questions);
};
