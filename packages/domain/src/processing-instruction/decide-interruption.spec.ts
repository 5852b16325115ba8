import { describe, it } from '@jest/globals';
import {
  instructedFrom,
  instructionAfter,
  issued,
  justAfter,
  justBefore,
  noonOf,
  pausing,
  resuming,
  today,
} from '../testing/scenery';

const later = noonOf('2026-02-10');
const paused = [...issued, pausing(today)];
const resumed = [...paused, resuming(later)];

describe('suspending an instruction', () => {
  it('is accepted from when it takes effect, past or to come, and refused before', () => {
    instructionAfter(issued).accepts(pausing(instructedFrom));
    instructionAfter(issued).accepts(pausing(later));
    const found = justBefore(instructedFrom);
    instructionAfter(issued).refuses(pausing(found), {
      reason: 'before-the-instruction-starts',
      startsAt: instructedFrom,
      found,
    });
  });

  it('is a retry when it names the same time, refused for a later one, accepted for an earlier one', () => {
    instructionAfter(paused).takesAsRetry(pausing(today));
    const rejection = { reason: 'instruction-already-suspended', suspendedAt: today } as const;
    instructionAfter(paused).refuses(pausing(justAfter(today)), rejection);
    instructionAfter(paused).accepts(pausing(justBefore(today)));
  });

  it('is accepted again after a resumption, by a millisecond', () => {
    instructionAfter(resumed).accepts(pausing(justAfter(later)));
    for (const found of [later, justBefore(later)]) {
      const rejection = { reason: 'interruption-out-of-order', lastEffectiveAt: later, found } as const;
      instructionAfter(resumed).refuses(pausing(found), rejection);
    }
  });
});

describe('resuming an instruction', () => {
  it('is accepted after the suspension, by a millisecond', () => {
    instructionAfter(paused).accepts(resuming(justAfter(today)));
    for (const found of [today, justBefore(today)]) {
      const rejection = { reason: 'interruption-out-of-order', lastEffectiveAt: today, found } as const;
      instructionAfter(paused).refuses(resuming(found), rejection);
    }
  });

  it('is refused for a time before the instruction takes effect', () => {
    const found = justBefore(instructedFrom);
    instructionAfter([...issued, pausing(instructedFrom)]).refuses(resuming(found), {
      reason: 'before-the-instruction-starts',
      startsAt: instructedFrom,
      found,
    });
  });

  it('is refused where nothing is suspended', () => {
    instructionAfter(issued).refuses(resuming(today), { reason: 'instruction-not-suspended' });
  });

  it('is a retry when it names the same time, and refused when it names another', () => {
    instructionAfter(resumed).takesAsRetry(resuming(later));
    instructionAfter(resumed).refuses(resuming(justAfter(later)), { reason: 'instruction-not-suspended' });
  });
});
