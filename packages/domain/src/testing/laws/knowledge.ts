import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { InstructionEvent } from '../../processing-instruction';
import { followedBy, lastRecordedAt } from '../history';
import { nth } from '../ids';
import { inquiries } from '../inquiries';
import { shifted } from '../instants';
import { law } from './law';
import { paper } from './plain-history';

/** Law 7: what was decided by the knowledge of a time stays so, whatever is learnt later. */
export const laterRecordsLeaveEarlierKnowledgeAlone = law(
  7,
  'what was known at a time decides for that time, whatever is recorded later',
  inquiries(),
  (decide, { history, questions }) => {
    for (const question of questions) {
      const known = history.filter(({ recordedAt }) => recordedAt <= question.knownAt);
      assert.deepEqual(decide(history, question), decide(known, question));
    }
  },
);

/** Law 8: a withdrawal that is recorded late changes what is known now about then, not what was known then. */
export const lateWithdrawalsCountFromTheirEffect = law(
  8,
  'a withdrawal recorded late counts from the instant at which it took effect, and only in later knowledge',
  fc.record({ inquiry: inquiries(), earlierMs: fc.oneof(fc.constant(0), fc.nat(86_400_000)) }),
  (decide, { inquiry: { history, questions }, earlierMs }) => {
    for (const { request, validAt } of questions) {
      const then = { request, validAt, knownAt: lastRecordedAt(history) };
      const decision = decide(history, then);
      if (decision.decision === 'deny') continue;
      for (const basis of decision.bases) {
        if (basis.kind === 'contract') continue;
        const { instructionId } = basis;
        const effectiveAt = shifted(validAt, -earlierMs);
        const withdrawn: InstructionEvent = {
          type: 'InstructionWithdrawn',
          data: {
            contractId: request.contractId,
            instructionId,
            effectiveAt,
            issuerId: nth.issuerId(1),
            withdrawal: paper(0xfe, effectiveAt),
          },
        };
        const latest = validAt < then.knownAt ? then.knownAt : validAt;
        const recordedAt = shifted(latest, 1);
        const longer = followedBy(history, [withdrawn], recordedAt);
        assert.deepEqual(decide(longer, then), decision, 'what was known then stays');
        const now = decide(longer, { request, validAt, knownAt: recordedAt });
        const cited = now.decision === 'allow' ? now.bases : [];
        assert.ok(
          !cited.some((each) => each.kind === 'instruction' && each.instructionId === instructionId),
          'a withdrawn instruction is not cited',
        );
      }
    }
  },
);
