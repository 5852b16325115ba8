import { channels, dataCategories, purposes, type ProcessingOperation } from '@mandate/domain';
import { chanceOf, sampleContract, type SampleContract, type SampleInstruction } from './sample-contracts';

const isAllowedBy =
  ({ purpose, channel, categories }: Pick<ProcessingOperation, 'purpose' | 'channel' | 'categories'>) =>
  (instruction: SampleInstruction): boolean =>
    instruction.purposes.includes(purpose) &&
    instruction.channels.includes(channel) &&
    categories.every((category) => instruction.categories.includes(category));

const picked = (words: readonly string[], chance: (below: number) => number): string =>
  words[chance(words.length)] ?? '';

const requestTo = (
  contract: SampleContract,
  isAllowed: boolean,
  chance: (below: number) => number,
): unknown => {
  const { contractId, dataSetId, instructions } = contract;
  for (;;) {
    const instruction = instructions[chance(instructions.length)];
    const words =
      isAllowed && instruction !== undefined
        ? instruction
        : { purposes, channels, categories: dataCategories };
    const request = {
      ...{ operation: 'process', contractId, dataSetId, country: 'PL' },
      purpose: picked(words.purposes, chance),
      categories: [picked(words.categories, chance)],
      channel: picked(words.channels, chance),
    };
    if (instructions.some(isAllowedBy(request as unknown as ProcessingOperation)) === isAllowed)
      return request;
  }
};

/** Whether the sample request at a place is allowed: every second one is. */
export const isAllowedAt = (index: number): boolean => index % 2 === 0;

/** Requests as a queue has them, out of JSON; every second one is allowed. */
export const sampleRequests = (contracts: number, count: number): readonly ProcessingOperation[] => {
  const chance = chanceOf(4711);
  return Array.from({ length: count }, (_, index) => {
    const request = requestTo(sampleContract(chance(contracts)), isAllowedAt(index), chance);
    return JSON.parse(JSON.stringify(request)) as ProcessingOperation;
  });
};

/** One request to each contract, in an order that is not the one of their history; every second contract allows it. */
export const requestToEach = (contracts: number): readonly ProcessingOperation[] => {
  const chance = chanceOf(815);
  return Array.from({ length: contracts }, (_, number) => ({
    place: chance(2 ** 32),
    request: JSON.stringify(requestTo(sampleContract(number), isAllowedAt(number), chance)),
  }))
    .sort((one, other) => one.place - other.place)
    .map(({ request }) => JSON.parse(request) as ProcessingOperation);
};
