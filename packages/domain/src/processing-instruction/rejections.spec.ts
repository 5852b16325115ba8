import { describe, expect, it } from '@jest/globals';
import type { Clause } from '../vocabulary';
import {
  amending,
  confirming,
  content,
  contesting,
  contractId,
  flawsOf,
  grant,
  instructedFrom,
  instructionFacts,
  instructionId,
  issuance,
  issued,
  issuing,
  justAfter,
  justBefore,
  noonOf,
  noticedEnd,
  otherContractId,
  paper,
  pausing,
  refusalsOf,
  resuming,
  startsAt,
  strangerId,
  terminated,
  today,
  unitedStates,
  withdrawing,
  withoutLegalBasis,
  type Refusals,
  type ToldOfInstruction,
} from '../testing/scenery';
import { processingInstruction, type InstructionFacts } from './index';
import type { InstructionCommand } from './commands';
import type { InstructionContent } from './content';
import type { InstructionEvent } from './events';
import { explainInstructionRejection, type InstructionRejection } from './rejections';

const now = instructionFacts();
const clause = '2.b' as Clause;
const later = noonOf('2026-02-10');
const early = justBefore(startsAt.at);
const written = (change: Partial<InstructionContent>): ToldOfInstruction => issuance(content(change));
const underAnother: ToldOfInstruction = {
  ...pausing(later),
  command: {
    type: 'SuspendInstruction',
    data: { contractId: otherContractId, instructionId, effectiveAt: later },
  },
};

const refusals: Refusals<InstructionCommand, InstructionEvent, InstructionRejection, InstructionFacts> = {
  'contract-not-concluded': [[], issuance(), instructionFacts([]), { contractId }],
  'contract-ended': [[], issuance(), instructionFacts(terminated), { endedAt: noticedEnd.at }],
  'outside-the-contract-term': [[], written({ interval: { from: early } }), now, { found: early }],
  'instruction-not-issued': [[], pausing(today), now, {}],
  'instruction-already-issued': [issued, issuance(), now, { instructionId }],
  'instruction-ended': [
    [...issued, withdrawing(today)],
    pausing(later),
    now,
    { ending: 'withdrawn', endedAt: today },
  ],
  'instruction-of-another-contract': [issued, underAnother, now, { found: otherContractId }],
  'issuer-not-authorised': [issued, withdrawing(today, strangerId), now, { issuerId: strangerId }],
  'evidence-from-the-future': [
    [],
    written({ evidence: paper(justAfter(today)) }),
    now,
    { receivedAt: justAfter(today), now: today },
  ],
  'legal-basis-not-asserted': [[], withoutLegalBasis, now, {}],
  'wider-than-the-contract': [
    [],
    written({ grants: [grant({ clause, countries: [unitedStates] })] }),
    now,
    { clause, dimension: 'country', found: [unitedStates] },
  ],
  'clause-repeated': [[], written({ grants: [grant({ clause }), grant({ clause })] }), now, { clause }],
  'clause-unknown': [issued, contesting(today, [clause]), now, { clause }],
  'special-categories-without-content': [
    [],
    written({
      grants: [grant({ categories: ['recipient-contact'] })],
      specialCategories: { categories: ['health'], basis: 'art-9-2-h-health-care' },
    }),
    now,
    {},
  ],
  'interval-empty': [[], written({ interval: { from: today, until: today } }), now, {}],
  'amendment-out-of-order': [
    issued,
    amending(instructedFrom),
    now,
    { lastEffectiveAt: instructedFrom, found: instructedFrom },
  ],
  'interruption-out-of-order': [
    [...issued, pausing(today)],
    resuming(today),
    now,
    { lastEffectiveAt: today, found: today },
  ],
  'before-the-instruction-starts': [
    issued,
    pausing(startsAt.at),
    now,
    { startsAt: instructedFrom, found: startsAt.at },
  ],
  'instruction-already-suspended': [[...issued, pausing(today)], pausing(later), now, { suspendedAt: today }],
  'instruction-not-suspended': [issued, resuming(today), now, {}],
  'instruction-already-contested': [
    [...issued, contesting(today)],
    contesting(later),
    now,
    { contestedAt: today },
  ],
  'instruction-not-contested': [issued, confirming(today), now, {}],
  'supersedes-itself': [[], issuing({ supersedes: instructionId }), now, {}],
};

describe.each(refusalsOf(processingInstruction, refusals))('the refusal $reason', ({ rejection, check }) => {
  it('is given', check);

  it('is explained in a sentence, with its article, and quotes nothing', () => {
    expect(flawsOf(rejection, explainInstructionRejection(rejection))).toEqual([]);
  });
});
