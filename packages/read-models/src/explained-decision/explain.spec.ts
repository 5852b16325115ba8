import { strict as assert } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { decideProcessing, evolveScope, type ContractScope } from '@mandate/domain';
import { inquiries, runs } from '@mandate/domain/testing';
import fc from 'fast-check';
import { scopeOver } from '../testing/recorded-history';
import { knownEventsBehind } from './events-behind';
import { explain } from './explain';
import type { ExplainedDecision } from './explained-decision';
import { textOfExplanation } from './explanation-text';

const decidedBy = (events: ReturnType<typeof knownEventsBehind>, request: never, at: never) =>
  decideProcessing(
    request,
    events.reduce<ContractScope | undefined>((before, { event }) => evolveScope(before, event), undefined),
    at,
  );

const assertReadsWell = (explained: ExplainedDecision): void => {
  const [english, polish] = [textOfExplanation(explained), textOfExplanation(explained, 'pl')];
  const isAllowed = explained.decision === 'allow';
  assert.match(english, isAllowed ? /^Allowed at / : /^Denied at /);
  assert.match(polish, isAllowed ? /^Dozwolone / : /^Niedozwolone /);
  for (const { sentence, cure, article } of explained.reasons) {
    for (const part of [sentence.en, cure.en, article]) assert.ok(english.includes(part));
    for (const part of [sentence.pl, cure.pl, article]) assert.ok(polish.includes(part));
  }
  const isNamed = ({ position, type }: ExplainedDecision['events'][number]): boolean =>
    [english, polish].every((text) => text.includes(position) && text.includes(type));
  assert.ok(explained.events.every(isNamed));
  assert.doesNotMatch(english + polish, /undefined|null|\[object/);
};

describe('an explained decision', () => {
  it('is the decision, and the events behind it alone give the same one', async () => {
    let shortened = 0;
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const scopes = await scopeOver(history);
        for (const { request, validAt, knownAt } of questions) {
          const decision = scopes.decide(request, { validAt, knownAt });
          const known = scopes.historyOf(request.contractId, knownAt);
          const behind = knownEventsBehind(known, request, { decision, at: validAt });
          assert.deepEqual(decidedBy(behind, request as never, validAt as never), decision);
          if (behind.length < known.length) shortened += 1;
          const explained = explain(scopes, request, { validAt, knownAt });
          assert.equal(explained.decision, decision.decision);
          assert.deepEqual(
            explained.decision === 'allow'
              ? explained.grounds
              : explained.reasons.map(({ reason }) => reason),
            decision.decision === 'allow' ? decision.bases : decision.reasons,
          );
          assert.deepEqual(
            explained.events.map(({ position }) => position),
            behind.map(({ position }) => position),
          );
          assert.deepEqual(JSON.parse(JSON.stringify(explained)), explained);
        }
      }),
      runs(100),
    );
    expect(shortened).toBeGreaterThan(20);
  });

  it('says from when and until when the answer is the same', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), async ({ history, questions }) => {
        const scopes = await scopeOver(history);
        for (const { request, validAt, knownAt } of questions) {
          const { holds } = explain(scopes, request, { validAt, knownAt });
          const answer = scopes.decide(request, { validAt, knownAt });
          assert.ok(holds.from === undefined || holds.from <= validAt);
          if (holds.from !== undefined)
            assert.deepEqual(scopes.decide(request, { validAt: holds.from, knownAt }), answer);
          if (holds.until === undefined) continue;
          assert.ok(validAt < holds.until);
          assert.notDeepEqual(scopes.decide(request, { validAt: holds.until, knownAt }), answer);
        }
      }),
      runs(60),
    );
  });

  it('reads as text in both languages: every reason with its article and its cure, every event with its place', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries({ questionsMax: 3 }), async ({ history, questions }) => {
        const scopes = await scopeOver(history);
        for (const { request, validAt, knownAt } of questions) {
          assertReadsWell(explain(scopes, request, { validAt, knownAt }));
        }
      }),
      runs(40),
    );
  });
});
