import { describe, expect, it } from '@jest/globals';
import type { ContractId, InstructionEvent } from '@mandate/domain';
import {
  arbitraryValues,
  decideFromHistory,
  decideNaively,
  followedBy,
  histories,
  inquiries,
  lastRecordedAt,
  nth,
  runs,
  shifted,
  type History,
  type Question,
} from '@mandate/domain/testing';
import fc from 'fast-check';
import { recordingStore, scopeOver } from '../testing/recorded-history';
import { createProcessingScope, type ProcessingScope } from './processing-scope';
import { eventsKnownAt, scopeAfter } from './state';

/** Everything that a scope holds about the contracts of a history. */
const everythingIn = (scope: ProcessingScope, history: History): unknown =>
  [...new Set(history.map(({ event }) => event.data.contractId))].map((contractId: ContractId) => ({
    contractId,
    scope: scope.scopeOf(contractId),
    history: scope.historyOf(contractId).map(({ event, recordedAt }) => ({ event, recordedAt })),
  }));

describe('the processing scope over any history in a store', () => {
  it('answers as the reference model does, with the same codes', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const scope = await scopeOver(history);
        for (const question of questions) {
          const decision = scope.decide(question.request, question);
          const naive = decideNaively(history, question.request, question);
          const codes = decision.decision === 'allow' ? [] : decision.reasons.map(({ reason }) => reason);
          expect({ decision: decision.decision, codes: new Set(codes) }).toEqual(naive);
        }
      }),
      runs(200),
    );
  });

  it('answers as the rules do, without knowledge of a time as by everything that is known', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const scope = await scopeOver(history);
        for (const { request, validAt, knownAt } of questions) {
          const known = decideFromHistory(history, { request, validAt, knownAt });
          expect(scope.decide(request, { validAt, knownAt })).toEqual(known);
          const all = { request, validAt, knownAt: lastRecordedAt(history) };
          expect(scope.decide(request, { validAt })).toEqual(decideFromHistory(history, all));
        }
      }),
      runs(100),
    );
  });

  it('is the same whether it was read at once or as it was recorded, in any portions', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), fc.array(fc.boolean(), { minLength: 1 }), async (history, pauses) => {
        const recording = recordingStore();
        const followed = createProcessingScope(recording.store);
        for (const [index, event] of history.entries()) {
          await recording.record(event);
          if (pauses[index % pauses.length] !== true) continue;
          await followed.catchUp();
          const replayed = createProcessingScope(recording.store);
          await replayed.catchUp();
          const soFar = history.slice(0, index + 1);
          expect(everythingIn(followed, soFar)).toEqual(everythingIn(replayed, soFar));
          expect(followed.position()).toBe(replayed.position());
        }
      }),
      runs(60),
    );
  });

  it('lets everybody read what they wrote', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const recording = recordingStore();
        const scope = createProcessingScope(recording.store);
        for (const [index, event] of history.entries()) {
          await scope.waitFor(await recording.record(event));
          const soFar = history.slice(0, index + 1);
          for (const { request, validAt } of questions) {
            const question = { request, validAt, knownAt: lastRecordedAt(soFar) };
            expect(scope.decide(request, { validAt })).toEqual(decideFromHistory(soFar, question));
          }
        }
      }),
      runs(60),
    );
  });
});

describe('what was known at a time', () => {
  it('decides for that time, whatever is recorded later', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const recording = recordingStore();
        const scope = createProcessingScope(recording.store);
        const answers = new Map<Question, unknown>();
        for (const [index, event] of history.entries()) {
          await scope.waitFor(await recording.record(event));
          // What is recorded in the same millisecond was known then, too.
          const next = history[index + 1]?.recordedAt;
          for (const question of questions) {
            const isSettled = next === undefined || question.knownAt < next;
            if (!isSettled) continue;
            const answer = scope.decide(question.request, question);
            expect(answer).toEqual(answers.get(question) ?? answer);
            answers.set(question, answer);
          }
        }
        if (history.length > 0) expect(answers.size).toBe(questions.length);
      }),
      runs(100),
    );
  });

  it('is not changed by a withdrawal that comes late; what is known now about then is', async () => {
    let withdrawals = 0;
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        for (const { request, validAt } of questions) {
          const knownAt = lastRecordedAt(history);
          const then = decideFromHistory(history, { request, validAt, knownAt });
          const [basis] = then.decision === 'allow' ? then.bases : [];
          if (basis?.kind !== 'instruction') continue;
          withdrawals += 1;
          const withdrawn = withdrawalOf(basis.instructionId, request.contractId, validAt);
          const recordedAt = shifted(validAt < knownAt ? knownAt : validAt, 1);
          const scope = await scopeOver(followedBy(history, [withdrawn], recordedAt));
          expect(scope.decide(request, { validAt, knownAt })).toEqual(then);
          const now = scope.decide(request, { validAt });
          const cited = now.decision === 'allow' ? now.bases : [];
          expect(cited).not.toContainEqual(expect.objectContaining({ instructionId: basis.instructionId }));
        }
      }),
      runs(100),
    );
    expect(withdrawals).toBeGreaterThan(20);
  });

  it('is nothing before anything was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (history) => {
        const scope = await scopeOver(history);
        const validAt = lastRecordedAt(history);
        const knownAt = shifted(history[0]?.recordedAt ?? validAt, -1);
        for (const { event } of history) {
          const { contractId } = event.data;
          const request = { operation: 'store', contractId, dataSetId: nth.dataSetId(1) } as const;
          expect(scope.decide(request, { validAt, knownAt })).toEqual({
            decision: 'deny',
            reasons: [{ reason: 'contract-unknown' }],
          });
        }
      }),
      runs(30),
    );
  });
});

describe('these properties', () => {
  it('notice a scope that knows already what is recorded later', async () => {
    const isNoticed = fc.asyncProperty(inquiries(), async ({ history, questions }) => {
      const scope = await scopeOver(history);
      for (const { request, validAt, knownAt } of questions) {
        const known = decideFromHistory(history, { request, validAt, knownAt });
        expect(scope.decide(request, { validAt })).toEqual(known);
      }
    });
    expect((await fc.check(isNoticed, { numRuns: 500, seed: 1, endOnFailure: true })).failed).toBe(true);
  });

  it('notice a history that is cut a millisecond too early', async () => {
    const isNoticed = fc.asyncProperty(inquiries(), async ({ history }) => {
      const scope = await scopeOver(history);
      const last = history.at(-1);
      if (last === undefined) return;
      const { contractId: id } = last.event.data;
      const events = [...scope.historyOf(id)];
      const cut = scopeAfter(events.slice(0, eventsKnownAt(events, shifted(last.recordedAt, -1))));
      expect(cut).toEqual(scope.scopeOf(id, last.recordedAt));
    });
    expect((await fc.check(isNoticed, { numRuns: 100, seed: 1, endOnFailure: true })).failed).toBe(true);
  });
});

const withdrawalOf = (
  instructionId: InstructionEvent['data']['instructionId'],
  ofContract: ContractId,
  effectiveAt: Question['validAt'],
): InstructionEvent => ({
  type: 'InstructionWithdrawn',
  data: {
    contractId: ofContract,
    instructionId,
    effectiveAt,
    issuerId: nth.issuerId(1),
    withdrawal: { ...fc.sample(arbitraryValues.evidence, 1)[0]!, receivedAt: effectiveAt },
  },
});
