import { describe, it } from '@jest/globals';
import type { Clause } from '../vocabulary';
import {
  amending,
  authorisation,
  concluded,
  confirming,
  content,
  contesting,
  grant,
  instructedFrom,
  instructionAfter,
  instructionFacts,
  issuance,
  issued,
  issuerId,
  justAfter,
  justBefore,
  noonOf,
  paper,
  refusing,
  revocation,
  strangerId,
  terminated,
  today,
  withdrawing,
} from '../testing/scenery';

const first = '1' as Clause;
const later = noonOf('2026-02-10');
const contested = [...issued, contesting(today)];
const future = { reason: 'evidence-from-the-future', receivedAt: justAfter(today), now: today } as const;

describe('contesting an instruction', () => {
  it('is accepted for all of it or for one of its clauses', () => {
    instructionAfter(issued).accepts(contesting(today));
    instructionAfter(issued).accepts(contesting(today, [first]));
  });

  it('is accepted for a clause of any of its versions, and refused for one of none', () => {
    const clause = '2' as Clause;
    const amended = [...issued, amending(later, content({ grants: [grant({ clause })] }))];
    instructionAfter(amended).accepts(contesting(today, [first]));
    instructionAfter(amended).accepts(contesting(today, [clause]));
    instructionAfter(issued).refuses(contesting(today, [clause]), { reason: 'clause-unknown', clause });
  });

  it('is refused while the controller has not been informed, to the millisecond', () => {
    instructionAfter(issued).accepts(contesting(today, 'all', today));
    instructionAfter(issued).refuses(contesting(today, 'all', justAfter(today)), future);
  });

  it('is refused while it is contested', () => {
    instructionAfter(contested).refuses(contesting(later), {
      reason: 'instruction-already-contested',
      contestedAt: today,
    });
  });

  it('is refused where it adds nothing, and accepted where it adds a clause or an earlier time', () => {
    const second = '2' as Clause;
    const grants = [grant({ clause: first }), grant({ clause: second })] as const;
    const story = [issuance(content({ grants })), contesting(today, [first])];
    const known = { reason: 'instruction-already-contested', contestedAt: today } as const;
    instructionAfter(story).refuses(contesting(today, [first]), known);
    instructionAfter(story).accepts(contesting(justBefore(today), [first]));
    instructionAfter(story).accepts(contesting(today, [second]));
    instructionAfter(story).accepts(contesting(today));
    instructionAfter([...story, contesting(today)]).refuses(contesting(today, [second]), known);
  });

  it('is accepted again after the controller has answered', () => {
    instructionAfter([...contested, confirming(later)]).accepts(contesting(noonOf('2026-02-20')));
    instructionAfter([...contested, amending(later)]).accepts(contesting(noonOf('2026-02-20')));
  });

  it('is accepted of an instruction by an unknown issuer, too', () => {
    const byStranger = issuance(content({ issuerId: strangerId }), 'unknown-issuer');
    instructionAfter([byStranger]).accepts(contesting(today));
  });
});

describe('confirming a contested instruction', () => {
  it('is accepted after the contest, by a millisecond', () => {
    instructionAfter(contested).accepts(confirming(justAfter(today)));
    for (const found of [today, justBefore(today)]) {
      const rejection = { reason: 'interruption-out-of-order', lastEffectiveAt: today, found } as const;
      instructionAfter(contested).refuses(confirming(found), rejection);
    }
  });

  it('is refused where nothing is contested', () => {
    instructionAfter(issued).refuses(confirming(later), { reason: 'instruction-not-contested' });
    instructionAfter([...contested, confirming(later)]).refuses(confirming(noonOf('2026-02-20')), {
      reason: 'instruction-not-contested',
    });
  });
});

describe('refusing a contested instruction', () => {
  it('is accepted', () => instructionAfter(contested).accepts(refusing(later)));

  it('is accepted after the contract has ended, too', () => {
    instructionAfter(contested, instructionFacts(terminated)).accepts(refusing(later));
  });

  it('is refused where nothing is contested', () => {
    instructionAfter(issued).refuses(refusing(later), { reason: 'instruction-not-contested' });
  });
});

describe('withdrawing an instruction', () => {
  it('is accepted for the past, the present and the future', () => {
    for (const at of [instructedFrom, today, later]) instructionAfter(issued).accepts(withdrawing(at));
  });

  it('is accepted while it is contested', () => instructionAfter(contested).accepts(withdrawing(later)));

  it('is accepted for an earlier end than the one on record, by a millisecond', () => {
    const withdrawn = [...issued, withdrawing(today)];
    const ended = { reason: 'instruction-ended', ending: 'withdrawn', endedAt: today } as const;
    instructionAfter(withdrawn).accepts(withdrawing(justBefore(today)));
    instructionAfter(withdrawn).refuses(withdrawing(today), ended);
    instructionAfter([...contested, withdrawing(later)]).accepts(refusing(justBefore(later)));
    instructionAfter([...withdrawn, withdrawing(instructedFrom)]).refuses(withdrawing(justBefore(today)), {
      ...ended,
      endedAt: instructedFrom,
    });
  });
});

describe.each([
  ['confirming', contested, confirming],
  ['withdrawing', issued, withdrawing],
] as const)('%s an instruction', (_name, story, next) => {
  it('is refused on a document from the future, by a millisecond', () => {
    instructionAfter(story).accepts(next(later, issuerId, paper(today)));
    instructionAfter(story).refuses(next(later, issuerId, paper(justAfter(today))), future);
  });

  it('is refused from somebody who was not authorised when the document was received', () => {
    const refusedTo = (who: typeof issuerId) => ({ reason: 'issuer-not-authorised', issuerId: who }) as const;
    instructionAfter(story).refuses(next(later, strangerId), refusedTo(strangerId));
    const revoked = instructionFacts([...concluded, revocation(issuerId, today)]);
    instructionAfter(story, revoked).accepts(next(later, issuerId, paper(justBefore(today))));
    instructionAfter(story, revoked).refuses(next(later, issuerId, paper(today)), refusedTo(issuerId));
  });

  it('is accepted from somebody else than the one who issued it', () => {
    const named = instructionFacts([...concluded, authorisation(strangerId, { from: today })]);
    instructionAfter(story, named).accepts(next(later, strangerId));
  });
});
