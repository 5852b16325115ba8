import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContractEvent } from '../contract';
import { arbitraryContractEvent, arbitraryValues, contractEvents, legalDateOf, nth, runs } from '../testing';
import { isWithin, type Country, type LegalDate, type NonEmpty } from '../vocabulary';
import { evolveScope } from './evolve';
import type { ContractScope } from './scope';

const contractId = nth.contractId(1);
const subProcessorId = nth.subProcessorId(1);
const [PL, US] = ['PL', 'US'] as readonly string[] as readonly [Country, Country];
const day = (date: string): LegalDate => legalDateOf(date, 'Europe/Warsaw');
const [first, second, third] = [day('2026-03-29'), day('2026-04-12'), day('2026-10-25')];

const about = { contractId, subProcessorId };
const [concluded] = fc.sample(contractEvents.ContractConcluded, { seed: 1, numRuns: 1 });
const [document] = fc.sample(arbitraryValues.evidence, { seed: 1, numRuns: 1 });
const begun: ContractEvent = { ...concluded!, data: { ...concluded!.data, contractId } };

const announced = (objectionUntil: LegalDate, countries: NonEmpty<Country>): ContractEvent => ({
  type: 'SubProcessorAnnounced',
  data: { ...about, countries, objectionUntil },
});
const authorised = (effectiveAt: Instant, countries: NonEmpty<Country>): ContractEvent => ({
  type: 'SubProcessorAuthorised',
  data: { ...about, countries, effectiveAt, document: document! },
});
const dismissed = (effectiveAt: Instant): ContractEvent => ({
  type: 'SubProcessorDismissed',
  data: { ...about, effectiveAt },
});

const scopeAfter = (events: readonly ContractEvent[]): ContractScope | undefined =>
  [begun, ...events].reduce<ContractScope | undefined>(evolveScope, undefined);

/** Where the sub-processor may be used at an instant. */
const countriesAt = (events: readonly ContractEvent[], at: Instant): readonly Country[] =>
  scopeAfter(events)
    ?.subProcessors.get(subProcessorId)
    ?.uses.filter(({ interval }) => isWithin(interval, at))
    .flatMap(({ countries }) => countries) ?? [];

describe('the countries of a sub-processor', () => {
  it('that a later authorisation adds are not those of the announcement before it', () => {
    const events = [announced(first, [PL]), authorised(third.at, [PL, US])];
    expect(countriesAt(events, second.at)).toEqual([PL]);
    expect(countriesAt(events, third.at)).toEqual([PL, PL, US]);
  });

  it('that are announced anew wait for their own window, also while the earlier use goes on', () => {
    const events = [announced(first, [PL]), dismissed(third.at), announced(third, [US])];
    expect(countriesAt(events, second.at)).toEqual([PL]);
    expect(countriesAt(events, third.at)).toEqual([US]);
  });

  it('come from announcements and authorisations of this sub-processor, and from nothing else', () => {
    fc.assert(
      fc.property(fc.array(arbitraryContractEvent), arbitraryValues.instant, (events, at) => {
        const own = events.map(
          (event) => ({ ...event, data: { ...event.data, contractId } }) as ContractEvent,
        );
        const named = own.flatMap(({ data }) =>
          'countries' in data && data.subProcessorId === subProcessorId ? data.countries : [],
        );
        expect(named).toEqual(expect.arrayContaining([...countriesAt(own, at)]));
      }),
      runs(100),
    );
  });
});
