// What people and circumstances do while a contract goes on and ends.
import type { Contract, ContractCommand, DataSetCommand, LegalDate, LocalDate } from '@mandate/domain';
import { epochMillisecondsOf, instantOf } from '@mandate/event-sourcing';
import {
  batchId,
  chosen,
  concluded,
  dataSetId,
  document,
  entrusted,
  ids,
  noticeWithdrawn,
  retentionId,
  store,
} from './events';
import type { DeletionWorld } from './world';
import { carryOut, type Outside } from './world-of-effects';

const dayMs = 86_400_000;
const contractId = ids.contract;

export type Happening =
  | {
      readonly kind: 'command';
      readonly name: keyof typeof commands;
      readonly number: number;
      readonly days: number;
    }
  | { readonly kind: 'race' | 'deliver' | 'act' | 'lose-answer' | 'fail'; readonly number: number }
  | { readonly kind: 'wait'; readonly days: number };

const dayFrom = (world: DeletionWorld, days: number): LegalDate => {
  const at = instantOf(epochMillisecondsOf(world.now) + days * dayMs);
  return { date: at.slice(0, 10) as LocalDate, zone: 'UTC' as LegalDate['zone'], at };
};

type Written = { readonly type: string; readonly data: object };

/** Commands as somebody gives them at some moment; most of the time they are refused, which is fine. */
const commands = {
  notice: (world: DeletionWorld, _number: number, days: number): Written => ({
    type: 'GiveTerminationNotice',
    data: { contractId, endsAt: dayFrom(world, days), ground: 'notice-by-controller', notice: document('d') },
  }),
  withdrawNotice: (): Written => ({ type: 'WithdrawTerminationNotice', data: noticeWithdrawn.data }),
  terminate: (world: DeletionWorld): Written => ({
    type: 'TerminateContract',
    data: { contractId, endedAt: dayFrom(world, 0), ground: 'agreement' },
  }),
  chooseReturn: (): Written => ({ type: 'ChooseEndOfService', data: chosen('return-then-delete').data }),
  chooseDeletion: (): Written => ({ type: 'ChooseEndOfService', data: chosen('delete').data }),
  entrust: (_world: DeletionWorld, number: number): Written => ({
    type: 'EntrustDataSet',
    data: entrusted(number).data,
  }),
  register: (_world: DeletionWorld, number: number, days: number): Written => ({
    type: 'RegisterStore',
    data: { contractId, dataSetId: dataSetId(number), store: store(`export-${days}`) },
  }),
  retain: (world: DeletionWorld, number: number, days: number): Written => ({
    type: 'ApplyRetentionLaw',
    data: {
      contractId,
      dataSetId: dataSetId(number),
      retentionId: retentionId(days),
      jurisdiction: 'PL',
      law: 'UoR',
      article: 'art-74',
      items: ['contact-data'],
      until: dayFrom(world, days * 20),
    },
  }),
  lift: (world: DeletionWorld, number: number, days: number): Written => ({
    type: 'LiftRetentionLaw',
    data: {
      contractId,
      dataSetId: dataSetId(number),
      retentionId: retentionId(days),
      effectiveAt: world.now,
    },
  }),
  process: (world: DeletionWorld, number: number, days: number): Written => ({
    type: 'RecordProcessing',
    data: {
      contractId,
      dataSetId: dataSetId(number),
      batchId: batchId(world.log.length),
      instructionId: ids.instruction,
      instructionVersion: 1,
      clause: '1',
      purpose: 'delivery',
      channel: 'e-mail',
      country: 'PL',
      interval: { from: world.now },
      outcome: days % 2 === 0 ? 'handed-over' : 'cancelled',
      operations: days,
    },
  }),
  withdraw: (world: DeletionWorld, number: number, days: number): Written => ({
    type: 'WithdrawDataSet',
    data: {
      contractId,
      dataSetId: dataSetId(number),
      issuerId: ids.issuer,
      endsAt: dayFrom(world, days),
      withdrawal: document('a'),
    },
  }),
  returnData: (world: DeletionWorld, number: number): Written => ({
    type: 'ReturnDataSet',
    data: { contractId, dataSetId: dataSetId(number), returnedAt: world.now, format: 'csv', recipients: 3 },
  }),
  acknowledge: (_world: DeletionWorld, number: number): Written => ({
    type: 'AcknowledgeReturn',
    data: {
      contractId,
      dataSetId: dataSetId(number),
      issuerId: ids.issuer,
      acknowledgement: document(String(number)),
    },
  }),
} as const;

export const give = (world: DeletionWorld, { type, data }: Written): void => {
  const command = { type, data } as unknown;
  if ('dataSetId' in data) world.toDataSet(command as DataSetCommand);
  else world.toContract(command as ContractCommand);
};

export const commandNamed = (
  world: DeletionWorld,
  name: keyof typeof commands,
  number: number,
  days: number,
): Written => commands[name](world, number, days);

/** The contract as a command has read it that lost the race against the end. */
const asBefore = (contract: Contract): Contract => {
  if (contract.status === 'none') return contract;
  const { notice: _notice, ...agreement } = contract.agreement;
  return { status: 'concluded', agreement };
};

export const happen = (world: DeletionWorld, outside: Outside, happening: Happening): void => {
  const pending =
    'number' in happening ? world.pending[happening.number % Math.max(world.pending.length, 1)] : undefined;
  switch (happening.kind) {
    case 'command':
      give(world, commandNamed(world, happening.name, happening.number, happening.days));
      break;
    case 'race':
      world.toDataSet(
        { type: 'EntrustDataSet', data: entrusted(happening.number + 3).data } as DataSetCommand,
        asBefore(world.contract),
      );
      break;
    case 'deliver':
      for (let count = 0; count <= happening.number; count += 1) world.deliver();
      world.fireDeadlines();
      break;
    case 'act':
      if (pending !== undefined && carryOut(world, outside, pending.effect) === undefined)
        world.complete(pending);
      break;
    case 'lose-answer':
      if (pending !== undefined) carryOut(world, outside, pending.effect);
      break;
    case 'fail':
      break;
    case 'wait':
      world.wait(happening.days * dayMs);
      break;
  }
};

/** What somebody can be told to do. */
export const commandNames = Object.keys(commands) as readonly (keyof typeof commands)[];

/** A contract in service, with a data set. */
export const begin = (world: DeletionWorld): void => {
  give(world, { type: 'ConcludeContract', data: concluded().data });
  give(world, { type: 'EntrustDataSet', data: entrusted(1).data });
};
