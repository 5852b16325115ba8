import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import {
  contractEvents,
  dataSetEvents,
  decideFromHistory,
  histories,
  inquiries,
  instructionEvents,
  lastRecordedAt,
  nth,
  runs,
} from '../testing';
import { evolveScope } from './evolve';
import type { ContractScope } from './scope';

type EventType = MandateEvent['type'];

const generated: Readonly<Record<EventType, fc.Arbitrary<MandateEvent>>> = {
  ...contractEvents,
  ...instructionEvents,
  ...dataSetEvents,
};
const types = Object.keys(generated) as readonly EventType[];
const contractId = nth.contractId(1);
const ids = {
  contractId,
  instructionId: nth.instructionId(1),
  dataSetId: nth.dataSetId(1),
  subProcessorId: nth.subProcessorId(1),
  issuerId: nth.issuerId(1),
};

/** Any event of a type, of the one contract, and of the one instruction, data set and so on that it names. */
const eventsOf = (type: EventType): fc.Arbitrary<MandateEvent> =>
  generated[type].map((event) => {
    const named = Object.entries(ids).filter(([name]) => name in event.data);
    return { ...event, data: { ...event.data, ...Object.fromEntries(named) } } as MandateEvent;
  });

/** A scope that has seen events of every kind; their order need not make sense. */
const scopes: fc.Arbitrary<ContractScope> = fc
  .tuple(
    fc.tuple(...(['ContractConcluded', 'InstructionIssued', 'DataSetEntrusted'] as const).map(eventsOf)),
    fc.array(fc.constantFrom(...types).chain(eventsOf), { maxLength: 30, size: 'max' }),
  )
  .map(([first, later]) => [...first, ...later].reduce<ContractScope | undefined>(evolveScope, undefined)!);

/** What a scope holds, as plain values: maps are not frozen by freezing, so they are compared by what they hold. */
const heldBy = (scope: ContractScope | undefined): string =>
  JSON.stringify(scope, (_key, value: unknown) => (value instanceof Map ? [...value.entries()] : value));

const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const inner = value instanceof Map ? [...value.entries()].flat() : Object.values(value);
  for (const each of inner) frozen(each);
  return Object.freeze(value);
};

describe.each(types)('%s', (type) => {
  it('makes a scope out of nothing only where it concludes the contract', () => {
    fc.assert(
      fc.property(eventsOf(type), (event) => {
        const scope = evolveScope(undefined, event);
        expect(scope?.contractId).toBe(type === 'ContractConcluded' ? contractId : undefined);
      }),
      runs(20),
    );
  });

  it('is taken in by any scope, and leaves the one before as it was', () => {
    fc.assert(
      fc.property(scopes, eventsOf(type), (before, event) => {
        const held = heldBy(before);
        const after = evolveScope(frozen(before), frozen(event));
        expect(after).toMatchObject({
          contractId,
          controllerId: before.controllerId,
          startsAt: before.startsAt,
        });
        expect(heldBy(before)).toBe(held);
        expect(heldBy(evolveScope(before, event))).toBe(heldBy(after));
      }),
      runs(15),
    );
  });

  it('of another contract changes nothing', () => {
    fc.assert(
      fc.property(scopes, generated[type], (before, event) => {
        const foreign = { ...event, data: { ...event.data, contractId: nth.contractId(2) } } as MandateEvent;
        expect(evolveScope(before, foreign)).toBe(before);
      }),
      runs(15),
    );
  });
});

/** These keep a second copy of what they say; it answers every question as the first one does. */
const keptTwice: readonly EventType[] = [
  'IssuerAuthorised',
  'SubProcessorAnnounced',
  'SubProcessorAuthorised',
  'InstructionRefused',
  'InstructionWithdrawn',
  'InstructionSuperseded',
];

describe('an event delivered again at once', () => {
  it.each(types.filter((type) => !keptTwice.includes(type)))('changes nothing in the scope: %s', (type) => {
    fc.assert(
      fc.property(scopes, eventsOf(type), (before, event) => {
        const once = evolveScope(before, event);
        expect(heldBy(evolveScope(once, event))).toBe(heldBy(once));
      }),
      runs(20),
    );
  });

  it('changes no decision, whatever it is and wherever it stands in a history', () => {
    fc.assert(
      fc.property(inquiries(), ({ history, questions }) => {
        const twice = history.flatMap((recorded) => [recorded, recorded]);
        const knownAt = lastRecordedAt(history);
        for (const { request, validAt } of questions) {
          const question = { request, validAt, knownAt };
          expect(decideFromHistory(twice, question)).toEqual(decideFromHistory(history, question));
        }
      }),
      runs(100),
    );
  });
});

describe('the scopes of several contracts', () => {
  it('are those of their own events, whatever is recorded between them', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const events = history.map(({ event }) => event);
        for (const id of new Set(events.map(({ data }) => data.contractId))) {
          const own = events.filter(({ data }) => data.contractId === id);
          const scope = own.reduce<ContractScope | undefined>(evolveScope, undefined);
          const begun = evolveScope(undefined, own[0]!);
          const whole = events.slice(events.indexOf(own[0]!) + 1).reduce(evolveScope, begun);
          expect(heldBy(whole)).toBe(heldBy(scope));
        }
      }),
      runs(50),
    );
  });
});
