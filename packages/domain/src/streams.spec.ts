import { checkStreamName } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractEventCodec } from './contract';
import type { MandateEvent } from './event';
import { instructionEventCodec } from './processing-instruction';
import { dataSetEventCodec } from './recipient-data-set';
import { contractStream, dataSetStream, instructionStream, mandateEventCodec, streamOf } from './streams';
import { arbitraryIds, contractEvents, dataSetEvents, instructionEvents, nth, runs } from './testing';

/** Streams of three aggregates; those of one kind share a prefix, by which a store can be asked for them. */
const names = [
  { prefix: 'contract-', arbitrary: arbitraryIds.contractId.map(contractStream) },
  { prefix: 'instruction-', arbitrary: arbitraryIds.instructionId.map(instructionStream) },
  { prefix: 'data-set-', arbitrary: arbitraryIds.dataSetId.map(dataSetStream) },
];

describe('the name of a stream', () => {
  it.each(names)('is one that every store accepts: $prefix', ({ arbitrary }) => {
    fc.assert(fc.property(arbitrary, (name) => expect(() => checkStreamName(name)).not.toThrow()));
  });

  it.each(names)('begins with the prefix of its kind and of no other: $prefix', ({ prefix, arbitrary }) => {
    fc.assert(
      fc.property(arbitrary, (name) =>
        expect(names.filter((kind) => name.startsWith(kind.prefix)).map((kind) => kind.prefix)).toEqual([
          prefix,
        ]),
      ),
    );
  });

  it('ends with the id, so that two ids never share a stream', () => {
    expect(contractStream(nth.contractId(1))).toBe('contract-c0000000-0000-4000-8000-000000000001');
    expect(instructionStream(nth.instructionId(2))).toBe('instruction-1a000000-0000-4000-8000-000000000002');
    expect(dataSetStream(nth.dataSetId(3))).toBe('data-set-da7a5e70-0000-4000-8000-000000000003');
  });
});

// A type of event that the union gains or loses does not compile here.
const aggregateOf: Readonly<Record<MandateEvent['type'], 'contract' | 'instruction' | 'data set'>> = {
  ContractConcluded: 'contract',
  ContractAmended: 'contract',
  ContractSuspended: 'contract',
  ContractResumed: 'contract',
  TerminationNoticeGiven: 'contract',
  TerminationNoticeWithdrawn: 'contract',
  ContractTerminated: 'contract',
  ContractClosed: 'contract',
  EndOfServiceChosen: 'contract',
  IssuerAuthorised: 'contract',
  IssuerRevoked: 'contract',
  SubProcessorAnnounced: 'contract',
  SubProcessorAuthorised: 'contract',
  SubProcessorObjected: 'contract',
  SubProcessorDismissed: 'contract',
  InstructionIssued: 'instruction',
  InstructionAmended: 'instruction',
  InstructionSuspended: 'instruction',
  InstructionResumed: 'instruction',
  InstructionContested: 'instruction',
  InstructionConfirmed: 'instruction',
  InstructionRefused: 'instruction',
  InstructionWithdrawn: 'instruction',
  InstructionSuperseded: 'instruction',
  DataSetEntrusted: 'data set',
  RecipientsAdded: 'data set',
  RecipientsRemoved: 'data set',
  StoreRegistered: 'data set',
  ProcessingRecorded: 'data set',
  DataSetRestricted: 'data set',
  DataSetUnrestricted: 'data set',
  DataSetWithdrawn: 'data set',
  RecipientErased: 'data set',
  SpecialCategoryNoticed: 'data set',
  RetentionLawApplied: 'data set',
  RetentionConflictRecorded: 'data set',
  RetentionLawLifted: 'data set',
  DataSetReturned: 'data set',
  ReturnAcknowledged: 'data set',
  DeletionOrdered: 'data set',
  StoreErased: 'data set',
  KeysDestroyed: 'data set',
  DataSetDeleted: 'data set',
};

const typesOf = (aggregate: string): readonly string[] =>
  Object.entries(aggregateOf).flatMap(([type, owner]) => (owner === aggregate ? [type] : []));

describe('the stream of an event', () => {
  it.each([
    ['contract', contractEvents, ({ data }: MandateEvent) => contractStream(data.contractId)],
    [
      'instruction',
      instructionEvents,
      ({ data }: MandateEvent) => 'instructionId' in data && instructionStream(data.instructionId),
    ],
    [
      'data set',
      dataSetEvents,
      ({ data }: MandateEvent) => 'dataSetId' in data && dataSetStream(data.dataSetId),
    ],
  ] as const)('is that of the %s, for every type', (_, events, expected) => {
    for (const arbitrary of Object.values<fc.Arbitrary<MandateEvent>>(events)) {
      fc.assert(
        fc.property(arbitrary, (event) => expect(streamOf(event)).toBe(expected(event))),
        runs(5),
      );
    }
  });
});

describe('the codec of all events', () => {
  it('knows every type of the union, each once', () => {
    expect(mandateEventCodec.types.toSorted()).toEqual(Object.keys(aggregateOf).toSorted());
  });

  it.each([
    ['contract', contractEventCodec.types, contractEvents],
    ['instruction', instructionEventCodec.types, instructionEvents],
    ['data set', dataSetEventCodec.types, dataSetEvents],
  ] as const)('is made of that of the %s and of the two others', (aggregate, types, generated) => {
    expect(types.toSorted()).toEqual(typesOf(aggregate).toSorted());
    expect(Object.keys(generated).toSorted()).toEqual(typesOf(aggregate).toSorted());
  });

  it('refuses a type that no aggregate has, without repeating its data', () => {
    const stranger = { type: 'ContractSigned', schemaVersion: 1, data: { by: 'anna.kowalska@example.com' } };
    const decoded = mandateEventCodec.decode(stranger);
    expect(decoded).toMatchObject({ left: { issues: [{ path: 'type', found: 'an unknown type' }] } });
    expect(JSON.stringify(decoded)).not.toContain('anna');
  });
});
