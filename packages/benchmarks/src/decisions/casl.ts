import { AbilityBuilder, createMongoAbility, subject, type MongoAbility } from '@casl/ability';
import type { Ask } from './rivals';
import { sampleContract, type SampleContract } from './sample-contracts';

const abilityOf = ({ instructions }: SampleContract): MongoAbility => {
  const { can, build } = new AbilityBuilder<MongoAbility>(createMongoAbility);
  for (const { purposes, categories, channels, from, until } of instructions) {
    can([...purposes], [...categories], {
      channel: { $in: [...channels] },
      at: { $gte: Date.parse(from), $lt: Date.parse(until) },
    });
  }
  return build();
};

/** One ability for each contract: the purpose is the action, the category the subject, channel and time are conditions. */
export const askCasl = (contracts: number): Ask => {
  const abilities = new Map<string, MongoAbility>();
  for (let number = 0; number < contracts; number += 1) {
    const contract = sampleContract(number);
    abilities.set(contract.contractId, abilityOf(contract));
  }
  return ({ contractId, purpose, categories, channel }, at) => {
    const ability = abilities.get(contractId);
    return categories.every((category) => ability?.can(purpose, subject(category, { channel, at })) === true);
  };
};
