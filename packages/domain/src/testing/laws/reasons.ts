import { strict as assert } from 'node:assert';
import type { DenialReason } from '../../processing-decision';
import { lastRecordedAt } from '../history';
import { inquiries } from '../inquiries';
import { law } from './law';
import { instructionIdsIn, withoutGrantsOf } from './monotony';
import type { Case } from './case';
import { repairs } from './repairs';

/** Law 25: what an allow cites carries it, and nothing else does. */
export const citedReasonsCarryTheVerdict = law(
  25,
  'an allow stands on what it cites alone, and falls when that is removed',
  inquiries(),
  (decide, { history, questions }) => {
    for (const question of questions) {
      const decision = decide(history, question);
      if (decision.decision === 'deny' || question.request.operation !== 'process') continue;
      const cited = new Set(
        decision.bases.flatMap((basis) => (basis.kind === 'instruction' ? [basis.instructionId] : [])),
      );
      const others = instructionIdsIn(history).filter((id) => !cited.has(id));
      const alone = others.reduce(withoutGrantsOf, history);
      assert.deepEqual(decide(alone, question), decision, 'the cited instructions suffice');
      const bare = [...cited].reduce(withoutGrantsOf, alone);
      assert.equal(decide(bare, question).decision, 'deny', 'without them nothing is left');
    }
  },
);

const repaired = (broken: Case, reason: DenialReason): Case =>
  repairs[reason.reason](broken, reason as never);

/** Law 26: a reason is something that can be put right, and then it is no reason any more. */
export const reasonsCanBePutRight = law(
  26,
  'each reason of a denial disappears when it is put right, and all of them put right make an allow',
  inquiries(),
  (decide, { history, questions }) => {
    for (const { request, validAt } of questions) {
      let current: Case = { history, question: { request, validAt, knownAt: lastRecordedAt(history) } };
      for (let round = 0; ; round += 1) {
        const decision = decide(current.history, current.question);
        if (decision.decision === 'allow') break;
        assert.ok(round < 6, `still denied: ${decision.reasons.map(({ reason }) => reason).join(', ')}`);
        for (const reason of decision.reasons) {
          const better = repaired(current, reason);
          const answer = decide(better.history, better.question);
          const remaining = answer.decision === 'allow' ? [] : answer.reasons;
          assert.ok(
            !remaining.some((other) => JSON.stringify(other) === JSON.stringify(reason)),
            `${reason.reason} was put right and is still a reason`,
          );
        }
        current = decision.reasons.reduce(repaired, current);
      }
    }
  },
);
