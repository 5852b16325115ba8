import { strict as assert } from 'node:assert';
import type { InstructionBasis, ProcessingOperation } from '../../processing-decision';
import { knownOf } from '../history';
import { inquiries, type Question } from '../inquiries';
import { endOf, isContractSuspended, startOf, termsHolding, type Known } from '../reference-model-facts';
import { doesCover, isDeclared, obstacles, versionsOf } from '../reference-model-instructions';
import { law } from './law';

const checkTerm = (known: Known, { validAt }: Question): void => {
  const [startsAt, endsAt] = [startOf(known), endOf(known)];
  assert.ok(startsAt !== undefined && startsAt <= validAt, 'the contract has started');
  assert.ok(endsAt === undefined || validAt < endsAt, 'the contract has not ended');
  assert.ok(!isContractSuspended(known, validAt), 'the contract is not suspended');
};

const checkBasis = (
  known: Known,
  request: ProcessingOperation,
  basis: InstructionBasis,
  { validAt }: Question,
): void => {
  const { instructionId: id, version: number, clause, category, evidenceDigest } = basis;
  const version = versionsOf(known, id)[number - 1];
  assert.ok(version !== undefined, 'the cited version of the instruction is on record');
  const next = versionsOf(known, id)[number];
  assert.ok(version.effectiveAt <= validAt, 'the cited version has taken effect');
  assert.ok(next === undefined || validAt < next.effectiveAt, 'no later version has taken its place');
  assert.equal(evidenceDigest, version.content.evidence.digest, 'the digest is that of its document');
  const grant = version.content.grants.find((each) => each.clause === clause);
  assert.ok(grant !== undefined, 'the cited version has the cited clause');
  assert.ok(doesCover(grant, request, category), 'the clause covers the request');
  assert.ok(isDeclared(version.content, request, category), 'the special categories are declared');
  assert.deepEqual(obstacles(known, { id, version, grant }, validAt), [], 'nothing stands in its way');
};

/** Law 2, with 28: whatever is allowed rests on an instruction or on the contract, in writing (Art. 28(3)(a), 29). */
export const everyAllowRestsOnAnInstruction = law(
  2,
  'every allow names an effective instruction that covers purpose, category, channel and instant',
  inquiries(),
  (decide, { history, questions }) => {
    for (const question of questions) {
      const { request, validAt, knownAt } = question;
      const decision = decide(history, question);
      if (decision.decision === 'deny') continue;
      const known = knownOf(history, request.contractId, knownAt);
      if (request.operation === 'process') {
        checkTerm(known, question);
        const covered = decision.bases.map((basis) => {
          assert.ok(basis.kind === 'instruction', 'processing rests on instructions');
          checkBasis(known, request, basis, question);
          return basis.category;
        });
        assert.deepEqual(new Set(covered), new Set(request.categories), 'every category is covered');
      } else {
        const [basis, ...others] = decision.bases;
        assert.ok(basis.kind === 'contract' && others.length === 0, 'custody rests on the contract');
        assert.equal(basis.documentDigest, termsHolding(known, validAt)?.document.digest);
      }
    }
  },
);
