import { describe, it } from '@jest/globals';
import { nth } from '../testing';
import type { Clause } from '../vocabulary';
import {
  amending,
  concluded,
  confirming,
  content,
  contesting,
  contractId,
  grant,
  instructedFrom,
  instructionAfter,
  instructionFacts,
  instructionId,
  issuance,
  issued,
  issuerId,
  issuing,
  justAfter,
  justBefore,
  noonOf,
  noticed,
  noticedEnd,
  otherContractId,
  otherInstructionId,
  paper,
  pausing,
  refusing,
  resuming,
  revocation,
  signedAt,
  strangerId,
  superseding,
  terminated,
  today,
  withdrawing,
  type ToldOfInstruction,
} from '../testing/scenery';
import type { InstructionCommand } from './commands';

const later = noonOf('2026-02-10');

/** Everything that changes an instruction after it was issued, and before it ends. */
const changes: readonly ToldOfInstruction[] = [
  amending(later),
  pausing(later),
  resuming(later),
  contesting(later),
  confirming(later),
  refusing(later),
  withdrawing(later),
  superseding(later),
];

describe('issuing an instruction', () => {
  it('is accepted once', () => {
    instructionAfter([]).accepts(issuance());
    instructionAfter(issued).refuses(issuance(), { reason: 'instruction-already-issued', instructionId });
  });

  it('is refused under the id of one that has ended', () => {
    instructionAfter([...issued, withdrawing(later)]).refuses(issuance(), {
      reason: 'instruction-already-issued',
      instructionId,
    });
  });

  it('puts an unknown issuer on record as unknown', () => {
    instructionAfter([]).accepts(issuance(content({ issuerId: strangerId }), 'unknown-issuer'));
  });

  it('takes the issuer for one who may instruct by when the document was received', () => {
    const at = (receivedAt: typeof today) => content({ evidence: paper(receivedAt) });
    instructionAfter([]).accepts(issuance(at(signedAt), 'authorised'));
    instructionAfter([]).accepts(issuance(at(justBefore(signedAt)), 'unknown-issuer'));
    const revoked = instructionFacts([...concluded, revocation(issuerId, noonOf('2026-01-15'))]);
    instructionAfter([], revoked).accepts(issuance(at(justBefore(noonOf('2026-01-15'))), 'authorised'));
    instructionAfter([], revoked).accepts(issuance(at(noonOf('2026-01-15')), 'unknown-issuer'));
  });

  it('names the instruction that it supersedes, never itself', () => {
    const { command, event } = issuing({ supersedes: otherInstructionId });
    if (event.type !== 'InstructionIssued') throw new Error('Expected an instruction.');
    const superseded = { ...event, data: { ...event.data, supersedes: otherInstructionId } };
    instructionAfter([]).accepts({ command, event: superseded });
    instructionAfter([]).refuses(issuing({ supersedes: instructionId }), { reason: 'supersedes-itself' });
  });
});

describe('amending an instruction', () => {
  const wider = content({ grants: [grant(), grant({ clause: '2' as Clause, purposes: ['analytics'] })] });

  it('is accepted from an authorised issuer, after the version before by a millisecond', () => {
    instructionAfter(issued).accepts(amending(justAfter(instructedFrom), wider));
    instructionAfter(issued).refuses(amending(instructedFrom), {
      reason: 'amendment-out-of-order',
      lastEffectiveAt: instructedFrom,
      found: instructedFrom,
    });
    const amended = instructionAfter([...issued, amending(later, wider)]);
    amended.accepts(amending(justAfter(later)));
    for (const found of [later, justBefore(later)]) {
      amended.refuses(amending(found), { reason: 'amendment-out-of-order', lastEffectiveAt: later, found });
    }
  });

  it('is refused from an unknown issuer', () => {
    instructionAfter(issued).refuses(amending(later, content({ issuerId: strangerId })), {
      reason: 'issuer-not-authorised',
      issuerId: strangerId,
    });
  });

  it('answers a contest, and so takes effect after it, by a millisecond', () => {
    const contested = instructionAfter([...issued, contesting(today)]);
    contested.accepts(amending(justAfter(today)));
    for (const found of [today, justBefore(today)]) {
      const rejection = { reason: 'amendment-out-of-order', lastEffectiveAt: today, found } as const;
      contested.refuses(amending(found), rejection);
    }
  });

  it('leaves nothing contested', () => {
    const answered = [...issued, contesting(today), amending(later)];
    instructionAfter(answered).refuses(confirming(later), { reason: 'instruction-not-contested' });
  });
});

describe.each(changes.map((change) => [change.command.type, change] as const))('%s', (_type, change) => {
  const data = { ...change.command.data, contractId: otherContractId };
  const elsewhere = { ...change, command: { ...change.command, data } as InstructionCommand };

  it('is refused before the instruction is issued', () => {
    instructionAfter([]).refuses(change, { reason: 'instruction-not-issued' });
  });

  it('is refused under another contract', () => {
    instructionAfter(issued).refuses(elsewhere, {
      reason: 'instruction-of-another-contract',
      found: otherContractId,
    });
  });

  it.each([
    ['withdrawn', withdrawing(today)],
    ['refused', refusing(today)],
  ] as const)('is refused once the instruction is %s', (ending, end) => {
    const story = [...issued, contesting(instructedFrom), end];
    instructionAfter(story).refuses(change, { reason: 'instruction-ended', ending, endedAt: today });
  });
});

describe('superseding an instruction', () => {
  it('is accepted at any time, also after the contract has ended', () => {
    instructionAfter(issued).accepts(superseding(today));
    instructionAfter(issued, instructionFacts(terminated, noonOf('2026-05-01'))).accepts(superseding(today));
  });

  it('is refused by itself', () => {
    instructionAfter(issued).refuses(superseding(today, instructionId), { reason: 'supersedes-itself' });
  });

  it('is a retry by the same instruction, and refused by another', () => {
    const superseded = instructionAfter([...issued, superseding(today)]);
    superseded.takesAsRetry(superseding(later));
    superseded.refuses(superseding(later, nth.instructionId(3)), {
      reason: 'instruction-ended',
      ending: 'superseded',
      endedAt: today,
    });
  });

  it('is accepted for an earlier time than the end on record, by whichever instruction', () => {
    const superseded = instructionAfter([...issued, superseding(today)]);
    superseded.takesAsRetry(superseding(today));
    superseded.accepts(superseding(justBefore(today)));
    superseded.refuses(superseding(today, nth.instructionId(3)), {
      reason: 'instruction-ended',
      ending: 'superseded',
      endedAt: today,
    });
  });
});

describe('an instruction whose end lies ahead', () => {
  it('still changes until then, to the millisecond', () => {
    const ending = [...issued, withdrawing(later)];
    instructionAfter(ending, instructionFacts(concluded, justBefore(later))).accepts(pausing(today));
    instructionAfter(ending, instructionFacts(concluded, later)).refuses(pausing(today), {
      reason: 'instruction-ended',
      ending: 'withdrawn',
      endedAt: later,
    });
  });
});

describe.each([
  ['issuing', [], issuance()],
  ['amending', issued, amending(later)],
  ['withdrawing', issued, withdrawing(later)],
  ['confirming', [...issued, contesting(today)], confirming(later)],
] as const)('%s an instruction', (_name, story, next) => {
  it('needs a contract', () => {
    instructionAfter(story, instructionFacts([])).refuses(next, {
      reason: 'contract-not-concluded',
      contractId,
    });
  });

  it('is accepted until the noticed end of the contract, and refused from it on, to the millisecond', () => {
    const rejection = { reason: 'contract-ended', endedAt: noticedEnd.at } as const;
    instructionAfter(story, instructionFacts(noticed, justBefore(noticedEnd.at))).accepts(next);
    instructionAfter(story, instructionFacts(noticed, noticedEnd.at)).refuses(next, rejection);
    instructionAfter(story, instructionFacts(terminated)).refuses(next, rejection);
  });
});
