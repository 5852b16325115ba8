import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { contractIntents } from './contract-intents';
import { dataSetIntents } from './data-set-intents';
import { arbitraryThrows, Dice } from './dice';
import type { History } from './history';
import { nth } from './ids';
import { instructionIntents } from './instruction-intents';
import { nextBoundary, type Intents, type Scene } from './scene';
import { World, type MandateCommand } from './world';

type CommandType = MandateCommand['type'];

const intents: Intents<MandateCommand> = { ...contractIntents, ...instructionIntents, ...dataSetIntents };

/** How often each command is tried, in comparison to the others. */
const weights: Readonly<Record<CommandType, number>> = {
  ConcludeContract: 1,
  AmendContract: 3,
  SuspendContract: 3,
  ResumeContract: 5,
  GiveTerminationNotice: 2,
  WithdrawTerminationNotice: 3,
  TerminateContract: 1,
  CloseContract: 1,
  ChooseEndOfService: 1,
  AuthoriseIssuer: 2,
  RevokeIssuer: 3,
  AnnounceSubProcessor: 4,
  AuthoriseSubProcessor: 2,
  ObjectToSubProcessor: 3,
  DismissSubProcessor: 3,
  IssueInstruction: 12,
  AmendInstruction: 4,
  SuspendInstruction: 4,
  ResumeInstruction: 4,
  ContestInstruction: 4,
  ConfirmInstruction: 4,
  RefuseInstruction: 4,
  WithdrawInstruction: 6,
  SupersedeInstruction: 4,
  EntrustDataSet: 6,
  AddRecipients: 1,
  RemoveRecipients: 1,
  RegisterStore: 1,
  RecordProcessing: 1,
  RestrictDataSet: 3,
  UnrestrictDataSet: 3,
  WithdrawDataSet: 1,
  EraseRecipient: 1,
  NoticeSpecialCategory: 1,
  ApplyRetentionLaw: 2,
  LiftRetentionLaw: 2,
  ReturnDataSet: 1,
  AcknowledgeReturn: 1,
  OrderDeletion: 1,
  EraseStore: 1,
  DestroyKeys: 1,
  DeleteDataSet: 1,
};

const windingUp: readonly CommandType[] = [
  'TerminateContract',
  'ReturnDataSet',
  'AcknowledgeReturn',
  'OrderDeletion',
  'EraseStore',
  'EraseStore',
  'DestroyKeys',
  'DeleteDataSet',
  'CloseContract',
];

/** Commands in a row, for what a single random one rarely finds in its way. */
const courses: readonly (readonly CommandType[])[] = [
  ['GiveTerminationNotice', 'WithdrawTerminationNotice'],
  ['SuspendContract', 'ResumeContract'],
  ['AnnounceSubProcessor', 'ObjectToSubProcessor'],
  ['AnnounceSubProcessor', 'AuthoriseSubProcessor'],
  ['AnnounceSubProcessor', 'DismissSubProcessor', 'AnnounceSubProcessor'],
  ['ContestInstruction', 'ConfirmInstruction'],
  ['ContestInstruction', 'RefuseInstruction'],
  ['SuspendInstruction', 'ResumeInstruction'],
  ['RestrictDataSet', 'UnrestrictDataSet'],
  ['ApplyRetentionLaw', 'LiftRetentionLaw'],
];
const opening: readonly CommandType[] = ['ConcludeContract', 'EntrustDataSet', 'IssueInstruction'];

interface Step {
  readonly commands: readonly CommandType[];
  readonly throws: readonly number[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const waitingMs = (now: Instant, dice: Dice): number => {
  const toBoundaryMs = Date.parse(nextBoundary(now)) - Date.parse(now);
  return dice.pick([0, 0, 1, hourMs, dayMs, 7 * dayMs, toBoundaryMs, toBoundaryMs - 1]);
};

const intend = (type: CommandType, scene: Scene): MandateCommand =>
  ({ type, data: intents[type](scene) }) as MandateCommand;

const take = (world: World, { commands, throws }: Step): void => {
  const dice = new Dice(throws);
  const isOpening = commands === opening;
  const next = nth.contractId(world.contractIds.length + 1);
  const contractId = isOpening ? next : dice.pickOr(world.contractIds.toReversed(), next);
  for (const type of commands) {
    world.wait(isOpening ? 0 : waitingMs(world.now, dice));
    world.do(intend(type, { world, dice, contractId }));
  }
};

const arbitraryOpening: fc.Arbitrary<Step> = arbitraryThrows.map((throws) => ({ commands: opening, throws }));

const singleCommand = fc.oneof(
  ...Object.entries(weights).map(([type, weight]) => ({
    weight,
    arbitrary: fc.constant<readonly CommandType[]>([type as CommandType]),
  })),
);

/** A course as far as it is taken; shorter ones first, since arbitraries shrink towards the first. */
const soFar = (course: readonly CommandType[]): readonly (readonly CommandType[])[] =>
  course.map((_command, index) => course.slice(0, index + 1));

const arbitraryStep: fc.Arbitrary<Step> = fc.record({
  commands: fc.oneof(
    { weight: 20, arbitrary: singleCommand },
    { weight: 6, arbitrary: fc.constantFrom(...courses.flatMap(soFar)) },
    { weight: 1, arbitrary: fc.constantFrom(...soFar(windingUp)) },
  ),
  throws: arbitraryThrows,
});

/** How large histories may become. */
export interface HistorySize {
  /** How many contracts there are from the beginning, at the most. Default 3. */
  readonly contractsMax?: number;
  /** How many commands are tried after that, at the most; many are refused. Default 30. */
  readonly commandsMax?: number;
}

/**
 * Histories that can happen: random commands, answered by the real deciders, over several contracts of several
 * controllers. They begin a few days before the clocks of Warsaw change.
 */
export const histories = ({ contractsMax = 3, commandsMax = 30 }: HistorySize = {}): fc.Arbitrary<History> =>
  fc
    .tuple(
      fc.array(arbitraryOpening, { minLength: 1, maxLength: contractsMax, size: 'max' }),
      fc.array(arbitraryStep, { maxLength: commandsMax, size: 'max' }),
    )
    .map(([openings, steps]) => {
      const world = new World('2026-03-27T09:00:00.000Z' as Instant);
      for (const step of openings) {
        take(world, step);
        world.wait(1);
      }
      for (const step of steps) take(world, step);
      return world.history;
    });
