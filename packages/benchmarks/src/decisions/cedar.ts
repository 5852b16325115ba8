import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Ask } from './rivals';
import type { SampleContract, SampleInstruction } from './sample-contracts';

const setOf = (type: string, ids: readonly string[]): string =>
  `[${ids.map((id) => `${type}::${JSON.stringify(id)}`).join(', ')}]`;

const policyOf = ({ purposes, categories, channels, from, until }: SampleInstruction): string =>
  `permit(principal, action in ${setOf('Purpose::Action', purposes)}, resource) when {
    ${setOf('Category', categories)}.contains(resource) && ${JSON.stringify(channels)}.contains(context.channel) &&
    ${Date.parse(from)} <= context.at && context.at < ${Date.parse(until)}
  };`;

const prepare = ({ contractId, instructions }: SampleContract): void => {
  const answer = preparsePolicySet(contractId, { staticPolicies: instructions.map(policyOf).join('\n') });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join(' '));
};

/**
 * A set of policies for each contract, parsed before anybody asks: `statefulIsAuthorized` is the quick way, made to
 * spare each question the policies (https://github.com/cedar-policy/cedar/pull/1831). Neither schema nor entities are
 * handed over, which would be parsed with every question, and instants are whole numbers, which need no extension.
 */
export const askCedar = (contracts: readonly SampleContract[]): Ask => {
  contracts.forEach(prepare);
  return ({ contractId, purpose, categories, channel }, at) =>
    categories.every((category) => {
      const answer = statefulIsAuthorized({
        principal: { type: 'Contract', id: contractId },
        action: { type: 'Purpose::Action', id: purpose },
        resource: { type: 'Category', id: category },
        context: { channel, at },
        preparsedPolicySetId: contractId,
        entities: [],
      });
      return answer.type === 'success' && answer.response.decision === 'allow';
    });
};
