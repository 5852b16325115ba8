import { newEnforcer, newModelFromString, type Enforcer } from 'casbin';
import type { Ask } from './rivals';
import type { SampleContract } from './sample-contracts';

// One line of policy for each instruction, and no role: a line for every combination of words would be many more to
// try, and `g` costs a look-up at each line.
const model = `
[request_definition]
r = purpose, category, channel, at
[policy_definition]
p = purposes, categories, channels, from, until
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = names(p.purposes, r.purpose) && names(p.categories, r.category) && names(p.channels, r.channel) && p.from <= r.at && r.at < p.until
`;

const names = (words: string, word: string): boolean => words.split(' ').includes(word);

const enforcerOf = async ({ instructions }: SampleContract): Promise<Enforcer> => {
  const enforcer = await newEnforcer(newModelFromString(model));
  await enforcer.addFunction('names', names);
  await enforcer.addPolicies(
    instructions.map(({ purposes, categories, channels, from, until }) => [
      ...[purposes, categories, channels].map((words) => words.join(' ')),
      ...[from, until].map((instant) => String(Date.parse(instant))),
    ]),
  );
  return enforcer;
};

/**
 * An enforcer for each contract, since every line of an enforcer's policy is tried: its documentation advises to give
 * each as few as possible (https://casbin.org/docs/performance, sharding). Asked by `enforceSync`, the quick one where
 * no function of the matcher is asynchronous; not by a `CachedEnforcer`, which would look up what it said before and
 * know nothing of the end of an interval.
 */
export const askCasbin = async (contracts: readonly SampleContract[]): Promise<Ask> => {
  const enforcers = new Map<string, Enforcer>();
  for (const contract of contracts) enforcers.set(contract.contractId, await enforcerOf(contract));
  return ({ contractId, purpose, categories, channel }, at) => {
    const enforcer = enforcers.get(contractId);
    return categories.every((category) => enforcer?.enforceSync(purpose, category, channel, at) === true);
  };
};
