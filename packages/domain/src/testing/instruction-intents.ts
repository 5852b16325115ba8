import {
  contestedAt,
  type Grant,
  type InstructedContent,
  type InstructionCommand,
  type InstructionRecord,
} from '../processing-instruction';
import * as v from '../vocabulary';
import { nth } from './ids';
import {
  agreementOf,
  someEvidence,
  someInterval,
  someTime,
  someTimeAfter,
  type Intents,
  type Scene,
} from './scene';

const recordsOf = ({ world, contractId }: Scene): readonly InstructionRecord[] =>
  world.instructions.map(({ record }) => record).filter((record) => record.contractId === contractId);

/** An instruction of the contract, if possible one that fits; once in a while one of another contract, or none. */
const someInstruction = (
  scene: Scene,
  fits: (record: InstructionRecord) => boolean = () => true,
): { readonly id: v.InstructionId; readonly record?: InstructionRecord } => {
  const { world, dice } = scene;
  const own = recordsOf(scene).toReversed();
  const fitting = own.filter(fits);
  const others = dice.once(20) ? world.instructions.map(({ record }) => record) : own;
  const record = dice.pickOr<InstructionRecord | undefined>(fitting.length > 0 ? fitting : others, undefined);
  return record === undefined ? { id: nth.instructionId(1) } : { id: record.instructionId, record };
};

const someDataSets = ({ world, dice, contractId }: Scene): Grant['dataSets'] => {
  const [first, ...others] = world.dataSets
    .map(({ record }) => record)
    .filter((record) => record.contractId === contractId || dice.once(20))
    .map((record) => record.dataSetId);
  return first === undefined || dice.once(2) ? 'all' : dice.some([first, ...others]);
};

const someGrant = (scene: Scene, number: number): Grant => {
  const { dice } = scene;
  const terms = agreementOf(scene)?.terms.findLast(
    ({ effectiveAt }) => effectiveAt <= scene.world.now,
  )?.terms;
  const within = <Item>(agreed: v.NonEmpty<Item> | undefined, all: v.NonEmpty<Item>): v.NonEmpty<Item> =>
    dice.some(agreed === undefined || dice.once(40) ? all : agreed);
  return {
    clause: String(number) as v.Clause,
    purposes: within(terms?.purposes, v.purposes),
    categories: within(terms?.categories, v.dataCategories),
    channels: within(terms?.channels, v.channels),
    dataSets: someDataSets(scene),
    countries: within(terms?.countries, ['PL' as v.Country]),
  };
};

const someContent = (scene: Scene): InstructedContent => {
  const { dice } = scene;
  const agreement = agreementOf(scene);
  const issuers = agreement?.issuers.map(({ issuerId }) => issuerId) ?? [];
  const first = someGrant(scene, 1);
  const declares = dice.once(3) && first.categories.includes('message-content');
  return {
    issuerId: dice.once(16) ? nth.issuerId(9) : dice.pickOr(issuers, nth.issuerId(9)),
    evidence: someEvidence(scene),
    grants: dice.once(3) ? [first, someGrant(scene, 2)] : [first],
    legalBasis: dice.pick([...v.legalBases, 'none-asserted']),
    ...(declares
      ? {
          specialCategories: {
            categories: dice.some(v.specialCategories),
            basis: dice.pick(v.specialCategoryBases),
          },
        }
      : {}),
    interval: someInterval(scene, agreement?.startsAt.at),
  };
};

const someClauses = (scene: Scene, record: InstructionRecord | undefined): 'all' | v.NonEmpty<v.Clause> => {
  const clauses = record?.versions.at(-1)?.content.grants.map(({ clause }) => clause) ?? [];
  return scene.dice.once(2) ? 'all' : [scene.dice.pickOr(clauses, '1' as v.Clause)];
};

const someIssuer = ({ dice }: Scene, record: InstructionRecord | undefined): v.IssuerId =>
  dice.once(8) ? nth.issuerId(9) : (record?.versions[0]?.content.issuerId ?? nth.issuerId(1));

/** What controller and processor may intend with an instruction. */
export const instructionIntents: Intents<InstructionCommand> = {
  IssueInstruction: (scene) => {
    const { world, dice, contractId } = scene;
    const number = world.instructions.length + (dice.once(20) ? 0 : 1);
    const content = someContent(scene);
    const superseded = dice.once(4) ? dice.pickOr(recordsOf(scene).toReversed(), undefined) : undefined;
    return {
      contractId,
      instructionId: nth.instructionId(number),
      content,
      ...(superseded === undefined ? {} : { supersedes: superseded.instructionId }),
    };
  },
  AmendInstruction: (scene) => {
    const { id, record } = someInstruction(scene);
    return {
      contractId: scene.contractId,
      instructionId: id,
      effectiveAt: someTimeAfter(scene, record?.versions.at(-1)?.effectiveAt),
      content: someContent(scene),
    };
  },
  SuspendInstruction: (scene) => {
    const { id, record } = someInstruction(scene);
    const effectiveAt = someTimeAfter(scene, record?.resumedAt);
    return { contractId: scene.contractId, instructionId: id, effectiveAt };
  },
  ResumeInstruction: (scene) => {
    const { id, record } = someInstruction(scene, ({ suspendedAt }) => suspendedAt !== undefined);
    const effectiveAt = someTimeAfter(scene, record?.suspendedAt);
    return { contractId: scene.contractId, instructionId: id, effectiveAt };
  },
  ContestInstruction: (scene) => {
    const { id, record } = someInstruction(scene);
    return {
      contractId: scene.contractId,
      instructionId: id,
      effectiveAt: someTime(scene),
      clauses: someClauses(scene, record),
      ground: scene.dice.pick(v.contestGrounds),
      opinion: someEvidence(scene),
      controllerInformedAt: scene.world.now,
    };
  },
  ConfirmInstruction: (scene) => {
    const { id, record } = someInstruction(scene, ({ contests }) => contests.length > 0);
    return {
      contractId: scene.contractId,
      instructionId: id,
      effectiveAt: someTimeAfter(scene, record && contestedAt(record)),
      issuerId: someIssuer(scene, record),
      answer: someEvidence(scene),
    };
  },
  RefuseInstruction: (scene) => ({
    contractId: scene.contractId,
    instructionId: someInstruction(scene, ({ contests }) => contests.length > 0).id,
    effectiveAt: someTime(scene),
    ground: scene.dice.pick(v.contestGrounds),
    notice: someEvidence(scene),
  }),
  WithdrawInstruction: (scene) => {
    const { id, record } = someInstruction(scene);
    return {
      contractId: scene.contractId,
      instructionId: id,
      effectiveAt: someTime(scene),
      issuerId: someIssuer(scene, record),
      withdrawal: someEvidence(scene),
    };
  },
  SupersedeInstruction: (scene) => {
    const { id } = someInstruction(scene);
    const others = recordsOf(scene).map(({ instructionId }) => instructionId);
    return {
      contractId: scene.contractId,
      instructionId: id,
      effectiveAt: someTime(scene),
      supersededBy: scene.dice.pickOr(others, nth.instructionId(1)),
    };
  },
};
