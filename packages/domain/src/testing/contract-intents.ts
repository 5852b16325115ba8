import type { ContractCommand, ContractTerms } from '../contract';
import * as v from '../vocabulary';
import { nth } from './ids';
import {
  agreementOf,
  someDay,
  someEvidence,
  someInterval,
  someTime,
  someTimeAfter,
  type Intents,
  type Scene,
} from './scene';
import { countries, nthDigest } from './values';

const [poland, ...abroad] = countries as readonly [v.Country, ...v.Country[]];

const someTerms = (scene: Scene): ContractTerms => {
  const { dice } = scene;
  const isWide = !dice.once(3);
  return {
    purposes: isWide ? v.purposes : dice.some(v.purposes),
    categories: isWide ? v.dataCategories : dice.some(v.dataCategories),
    channels: isWide ? v.channels : dice.some(v.channels),
    countries: dice.some([poland, ...abroad]),
    document: someEvidence(scene),
    deletion: {
      mode: 'crypto-shredding-and-erasure',
      deadline: { unit: dice.pick(['days', 'months']), count: dice.pick([30, 1, 0]) },
      zone: 'Europe/Warsaw' as v.TimeZone,
      backupRetention: { unit: 'days', count: 35 },
    },
  };
};

const someSubProcessor = ({ dice }: Scene): v.SubProcessorId => nth.subProcessorId(dice.pick([1, 2, 3]));

/** A sub-processor that was announced, if there is one. */
const someAnnounced = (scene: Scene): v.SubProcessorId => {
  const known = [...(agreementOf(scene)?.subProcessors ?? [])];
  const announced = known.filter(([, { standing }]) => standing === 'announced').map(([id]) => id);
  return scene.dice.pickOr(announced, someSubProcessor(scene));
};

const someIssuer = ({ dice }: Scene): v.IssuerId => nth.issuerId(dice.pick([1, 2, 3]));

/** What the parties to a contract may intend. */
export const contractIntents: Intents<ContractCommand> = {
  ConcludeContract: (scene) => ({
    contractId: scene.contractId,
    controllerId: nth.controllerId(scene.dice.pick([1, 2])),
    processorId: nth.processorId(1),
    startsAt: someDay(scene, scene.dice.once(16) ? [1, 30] : [0, 0, -1, -30]),
    terms: someTerms(scene),
    endOfService: scene.dice.pick(v.endOfServiceChoices),
    issuers: [1, 2].slice(0, scene.dice.pick([1, 2, 1, 2, 2, 2, 2, 0])).map(nth.issuerId),
  }),
  AmendContract: (scene) => ({
    contractId: scene.contractId,
    effectiveAt: someTimeAfter(scene, agreementOf(scene)?.terms.at(-1)?.effectiveAt),
    terms: someTerms(scene),
  }),
  SuspendContract: (scene) => ({
    contractId: scene.contractId,
    effectiveAt: someTimeAfter(scene, agreementOf(scene)?.resumedAt),
    ground: scene.dice.pick(v.suspensionGrounds),
  }),
  ResumeContract: (scene) => ({
    contractId: scene.contractId,
    effectiveAt: someTimeAfter(scene, agreementOf(scene)?.suspendedAt),
  }),
  GiveTerminationNotice: (scene) => ({
    contractId: scene.contractId,
    endsAt: someDay(scene, [30, 90, 7, 1, 0]),
    ground: scene.dice.pick(v.terminationGrounds),
    notice: someEvidence(scene),
  }),
  WithdrawTerminationNotice: (scene) => ({ contractId: scene.contractId, withdrawal: someEvidence(scene) }),
  TerminateContract: (scene) => {
    const notice = agreementOf(scene)?.notice;
    const isDue = notice !== undefined && notice.endsAt.at <= scene.world.now && !scene.dice.once(4);
    return {
      contractId: scene.contractId,
      endedAt: isDue ? notice.endsAt : someDay(scene, [0, 0, -1, 1]),
      ground: notice?.ground ?? scene.dice.pick(v.terminationGrounds),
    };
  },
  CloseContract: ({ contractId, dice, world }) => ({
    contractId,
    certificateId: nth.certificateId(dice.pick([1, 2])),
    certificateDigest: nthDigest(world.history.length + 1),
    status: dice.pick(v.certificateStatuses),
  }),
  ChooseEndOfService: (scene) => ({
    contractId: scene.contractId,
    choice: scene.dice.pick(v.endOfServiceChoices),
    document: someEvidence(scene),
  }),
  AuthoriseIssuer: (scene) => ({
    contractId: scene.contractId,
    issuerId: someIssuer(scene),
    interval: someInterval(scene, agreementOf(scene)?.startsAt.at),
    document: someEvidence(scene),
  }),
  RevokeIssuer: (scene) => ({
    contractId: scene.contractId,
    issuerId: someIssuer(scene),
    effectiveAt: someTime(scene),
  }),
  AnnounceSubProcessor: (scene) => ({
    contractId: scene.contractId,
    subProcessorId: someSubProcessor(scene),
    countries: scene.dice.some([poland, ...abroad]),
    objectionUntil: someDay(scene, [1, 7, 30, 0]),
  }),
  AuthoriseSubProcessor: (scene) => ({
    contractId: scene.contractId,
    subProcessorId: scene.dice.once(3) ? someSubProcessor(scene) : someAnnounced(scene),
    countries: scene.dice.some([poland, ...abroad]),
    effectiveAt: someTime(scene),
    document: someEvidence(scene),
  }),
  ObjectToSubProcessor: (scene) => ({
    contractId: scene.contractId,
    subProcessorId: someAnnounced(scene),
    objection: someEvidence(scene),
  }),
  DismissSubProcessor: (scene) => ({
    contractId: scene.contractId,
    subProcessorId: someAnnounced(scene),
    effectiveAt: someTime(scene),
  }),
};
