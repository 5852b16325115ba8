// Checked by the compiler: what stands here is wrong if it does not compile.
import { describe, expect, it } from '@jest/globals';
import type {
  ContractEvent,
  ContractRejection,
  ContractTerms,
  InstructionEvent,
  InstructionRejection,
  LegalDate,
  NonEmpty,
  ProcessingRequest,
} from '@mandate/domain';
import { expectTypeOf } from 'expect-type';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { FpProcessor, NotAccepted } from './fp-ts';
import type {
  Accepted,
  CommandOptions,
  CommandResult,
  OpenProcessorOptions,
  Processor,
  Written,
} from './index';
import { conclusion, dataSet, instruction, notice, sending } from './testing/a-story';

type Depth = readonly unknown[];
type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether a type names one of fp-ts anywhere: itself, in a field, in what a method takes or gives. */
type NamesFpTs<T, D extends Depth = []> =
  IsAny<T> extends true
    ? false
    : D['length'] extends 9
      ? false
      : T extends { readonly _tag: 'Left' | 'Right' | 'Some' | 'None' }
        ? true
        : T extends (...args: infer Arguments) => infer Answer
          ? NamesFpTs<Arguments[number], [...D, 0]> | NamesFpTs<Answer, [...D, 0]>
          : T extends Promise<infer Inner>
            ? NamesFpTs<Inner, [...D, 0]>
            : T extends readonly (infer Item)[]
              ? NamesFpTs<Item, [...D, 0]>
              : T extends Uint8Array | AbortSignal | string | number | boolean | null | undefined
                ? false
                : T extends object
                  ? { [Key in keyof T]: NamesFpTs<T[Key], [...D, 0]> }[keyof T]
                  : false;

/** True when there is a place at which it does. */
type LeaksFpTs<T> = true extends NamesFpTs<T> ? true : false;

describe('the types of the facade', () => {
  it('name no type of fp-ts, however far one follows them', () => {
    expectTypeOf<LeaksFpTs<Processor['contracts']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<Processor['instructions']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<Processor['dataSets']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<Processor['decide']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<Processor['deletions']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<Processor['vault']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<Processor['eventStore']>>().toEqualTypeOf<false>();
    expectTypeOf<LeaksFpTs<OpenProcessorOptions>>().toEqualTypeOf<false>();
    expect(Object.keys(sending)).toContain('purpose');
  });

  it('would be found out, if they did', () => {
    interface Leaking {
      readonly calm: (input: string) => Promise<number>;
      readonly nested: {
        readonly leak: (input: { readonly deep: readonly Either<Error, number>[] }) => void;
      };
    }
    expectTypeOf<LeaksFpTs<Leaking>>().toEqualTypeOf<true>();
    expectTypeOf<LeaksFpTs<FpProcessor['contracts']>>().toEqualTypeOf<true>();
    expectTypeOf<LeaksFpTs<() => TaskEither<Error, number>>>().toEqualTypeOf<true>();
    expectTypeOf<LeaksFpTs<Omit<Leaking, 'nested'>>>().toEqualTypeOf<false>();
    expect(Object.keys(notice)).toContain('endsAt');
  });

  it('answer commands with a promise of plain data', () => {
    expectTypeOf<Processor['contracts']['conclude']>().returns.toEqualTypeOf<
      Promise<CommandResult<ContractEvent, ContractRejection>>
    >();
    expectTypeOf<Processor['instructions']['issue']>().returns.toEqualTypeOf<
      Promise<CommandResult<InstructionEvent, InstructionRejection>>
    >();
    expectTypeOf<FpProcessor['instructions']['issue']>().returns.toEqualTypeOf<
      TaskEither<NotAccepted<InstructionRejection>, Accepted<InstructionEvent>>
    >();
    expectTypeOf<Parameters<FpProcessor['decide']>>().toEqualTypeOf<Parameters<Processor['decide']>>();
    expectTypeOf<CommandOptions['commandId']>().toEqualTypeOf<string | undefined>();
    expect(Object.keys(instruction)).toContain('content');
  });
});

describe('what a caller writes down', () => {
  it('is plain strings, numbers and lists, and a day with its zone', () => {
    expectTypeOf<Written<LegalDate>>().toEqualTypeOf<{ readonly date: string; readonly zone: string }>();
    expectTypeOf(conclusion).toExtend<Parameters<Processor['contracts']['conclude']>[0]>();
    expectTypeOf(notice).toExtend<Parameters<Processor['contracts']['giveTerminationNotice']>[0]>();
    expectTypeOf(instruction).toExtend<Parameters<Processor['instructions']['issue']>[0]>();
    expectTypeOf(dataSet).toExtend<Parameters<Processor['dataSets']['entrust']>[0]>();
    expectTypeOf(sending).toExtend<Written<ProcessingRequest>>();
    expectTypeOf<Written<ContractTerms>['countries']>().toEqualTypeOf<
      readonly [string, ...(readonly string[])]
    >();
    expect(Object.keys(dataSet)).toContain('stores');
  });

  it('keeps the words of closed lists, so that a wrong one does not compile', () => {
    type Request = Written<Extract<ProcessingRequest, { operation: 'process' }>>;
    expectTypeOf<'fax'>().not.toExtend<Request['channel']>();
    expectTypeOf<'sms'>().toExtend<Request['channel']>();
    expectTypeOf<string>().not.toExtend<Request['channel']>();
    expectTypeOf<string>().toExtend<Request['contractId']>();
    expectTypeOf<'marketing'>().not.toExtend<Request['purpose']>();
    type Terms = Written<ContractTerms>;
    expectTypeOf<'shredding'>().not.toExtend<Terms['deletion']['mode']>();
    expectTypeOf<{ readonly unit: 'weeks'; readonly count: 4 }>().not.toExtend<
      Terms['deletion']['deadline']
    >();
    expectTypeOf<{ readonly unit: 'months'; readonly count: 1 }>().toExtend<Terms['deletion']['deadline']>();
    expectTypeOf<readonly []>().not.toExtend<Written<NonEmpty<string>>>();
    expectTypeOf<Omit<typeof conclusion, 'terms'>>().not.toExtend<
      Parameters<Processor['contracts']['conclude']>[0]
    >();
    expect(Object.keys(conclusion)).toContain('terms');
  });
});
