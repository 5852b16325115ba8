import { describe, it } from '@jest/globals';
import type { Clause } from '../vocabulary';
import {
  amending,
  amendment,
  concluded,
  content,
  germany,
  grant,
  instructedFrom,
  instructionAfter,
  instructionFacts,
  issuance,
  issued,
  justAfter,
  justBefore,
  noonOf,
  noticed,
  noticedEnd,
  paper,
  startsAt,
  today,
  unitedStates,
  withoutLegalBasis,
  type ToldOfInstruction,
} from '../testing/scenery';
import type { InstructionContent } from './content';
import type { InstructionRejection } from './rejections';

const first = '1' as Clause;
const second = '2.b' as Clause;

const accepts = (change: Partial<InstructionContent>): void =>
  instructionAfter([]).accepts(issuance(content(change)));

/** The same content is refused in an amendment for the same reason. */
const refuses = (change: Partial<InstructionContent>, rejection: InstructionRejection): void => {
  instructionAfter([]).refuses(issuance(content(change)), rejection);
  instructionAfter(issued).refuses(amending(noonOf('2026-02-10'), content(change)), rejection);
};

describe('the legal basis', () => {
  it('is asserted by the controller, or the instruction is refused', () => {
    instructionAfter([]).refuses(withoutLegalBasis, { reason: 'legal-basis-not-asserted' });
    accepts({ legalBasis: 'art-6-1-f-legitimate-interests' });
  });
});

describe('the evidence', () => {
  it('was received by now, to the millisecond', () => {
    accepts({ evidence: paper(today) });
    const receivedAt = justAfter(today);
    refuses({ evidence: paper(receivedAt) }, { reason: 'evidence-from-the-future', receivedAt, now: today });
  });
});

describe('the interval', () => {
  it('holds an instant', () => {
    accepts({ interval: { from: instructedFrom, until: justAfter(instructedFrom) } });
    for (const until of [instructedFrom, justBefore(instructedFrom)]) {
      refuses({ interval: { from: instructedFrom, until } }, { reason: 'interval-empty' });
    }
  });

  it('begins within the term of the contract: from its start on', () => {
    accepts({ interval: { from: startsAt.at } });
    const found = justBefore(startsAt.at);
    refuses({ interval: { from: found } }, { reason: 'outside-the-contract-term', found });
  });

  it('begins within the term of the contract: before its noticed end', () => {
    const from = (instant: typeof today): ToldOfInstruction =>
      issuance(content({ interval: { from: instant } }));
    const underNotice = instructionAfter([], instructionFacts(noticed));
    underNotice.accepts(from(justBefore(noticedEnd.at)));
    const rejection = { reason: 'outside-the-contract-term', found: noticedEnd.at } as const;
    underNotice.refuses(from(noticedEnd.at), rejection);
  });

  it('may reach beyond the end: the contract ends it anyway', () => {
    const longer = content({ interval: { from: instructedFrom, until: noonOf('2027-01-01') } });
    instructionAfter([], instructionFacts(noticed)).accepts(issuance(longer));
  });
});

describe('the clauses', () => {
  it('have numbers of their own', () => {
    accepts({ grants: [grant({ clause: first }), grant({ clause: second })] });
    refuses(
      { grants: [grant({ clause: second }), grant({ clause: first }), grant({ clause: second })] },
      { reason: 'clause-repeated', clause: second },
    );
  });

  it.each([
    ['purpose', grant({ clause: second, purposes: ['delivery', 'security'] }), ['security']],
    ['category', grant({ clause: second, categories: ['technical-metadata'] }), ['technical-metadata']],
    ['channel', grant({ clause: second, channels: ['push', 'e-mail', 'voice'] }), ['push', 'voice']],
    ['country', grant({ clause: second, countries: [germany, unitedStates] }), [unitedStates]],
  ] as const)('ask for no %s beyond the contract', (dimension, wide, found) => {
    refuses(
      { grants: [grant(), wide] },
      { reason: 'wider-than-the-contract', clause: second, dimension, found },
    );
  });

  it('may ask for everything that the contract allows', () => {
    const everything = grant({
      purposes: ['delivery', 'management', 'analytics'],
      channels: ['sms', 'e-mail'],
      countries: [germany],
    });
    accepts({ grants: [everything] });
  });

  it('are measured by the terms that hold when the instruction begins', () => {
    const from = noonOf('2026-02-15');
    const narrowed = instructionFacts([...concluded, amendment(from, { channels: ['sms'] })]);
    const starting = (instant: typeof from) => issuance(content({ interval: { from: instant } }));
    instructionAfter([], narrowed).accepts(starting(justBefore(from)));
    instructionAfter([], narrowed).refuses(starting(from), {
      reason: 'wider-than-the-contract',
      clause: first,
      dimension: 'channel',
      found: ['e-mail'],
    });
  });
});

describe('special categories', () => {
  const specialCategories = { categories: ['health'], basis: 'art-9-2-a-explicit-consent' } as const;

  it('can be declared where a clause covers message content', () => {
    const contacts = grant({ clause: first, categories: ['recipient-contact'] });
    accepts({ specialCategories });
    accepts({ specialCategories, grants: [contacts, grant({ clause: second })] });
  });

  it('cannot be declared where none does', () => {
    refuses(
      { specialCategories, grants: [grant({ categories: ['recipient-contact'] })] },
      { reason: 'special-categories-without-content' },
    );
  });
});
