import {
  channels,
  dataCategories,
  purposes,
  type Channel,
  type DataCategory,
  type ProcessingOperation,
  type Purpose,
} from '@mandate/domain';

/** No number: a word is none of its closed list. */
const none = -1;

// Of any text, since callers in plain JavaScript are not kept to the lists. A switch compares with words that are there
// already, and so mostly only two addresses.
const numberOfPurpose = (purpose: string): number => {
  switch (purpose) {
    case 'delivery':
      return 0;
    case 'management':
      return 1;
    case 'analytics':
      return 2;
    case 'security':
      return 3;
    case 'availability':
      return 4;
    default:
      return none;
  }
};

const numberOfChannel = (channel: string): number => {
  switch (channel) {
    case 'e-mail':
      return 0;
    case 'sms':
      return 1;
    case 'push':
      return 2;
    case 'in-app':
      return 3;
    case 'chat':
      return 4;
    case 'voice':
      return 5;
    default:
      return none;
  }
};

const channelCount = 6;

/** How many pairs of purpose and channel there are: few enough for the bits of one small integer. */
export const pairCount = 5 * channelCount;

/**
 * The number of a request's purpose and channel, below `pairCount`. -1 for words that are none of the closed lists, among
 * them the purposes of the processor itself.
 */
export const pairOf = (request: ProcessingOperation): number => {
  const purpose = numberOfPurpose(request.purpose);
  const channel = numberOfChannel(request.channel);
  return purpose < 0 || channel < 0 ? none : purpose * channelCount + channel;
};

/** The purpose and the channel behind such a number. */
export const wordsOfPair = (pair: number): { readonly purpose: Purpose; readonly channel: Channel } => {
  const purpose = purposes[Math.floor(pair / channelCount)];
  const channel = channels[pair % channelCount];
  if (purpose === undefined || channel === undefined) throw new RangeError('A pair is below 30.');
  return { purpose, channel };
};

export type CategoryNumber = 0 | 1 | 2;

/** The category of a number. */
export const categoryOf = (number: CategoryNumber): DataCategory => dataCategories[number];

/** The number of a category; -1 for a word that is none. */
export const numberOfCategory = (category: string): CategoryNumber | -1 => {
  switch (category) {
    case 'recipient-contact':
      return 0;
    case 'message-content':
      return 1;
    case 'technical-metadata':
      return 2;
    default:
      return none;
  }
};

/**
 * The numbers of a request's categories in their order, each once, as digits to the base of four, the first one last:
 * answers name what they rest on in the order of the request. -1 when one is no category, and for none at all.
 */
export const categoriesInOrder = (categories: readonly DataCategory[]): number => {
  let [digits, seen, place] = [0, 0, 0];
  for (const category of categories) {
    const number = numberOfCategory(category);
    if (number < 0) return none;
    if ((seen & (1 << number)) !== 0) continue;
    seen |= 1 << number;
    digits |= (number + 1) << (2 * place);
    place += 1;
  }
  return place === 0 ? none : digits;
};

/** The numbers behind such digits. */
export const categoryNumbersOf = (digits: number): readonly CategoryNumber[] =>
  [0, 1, 2].flatMap((place) => {
    const digit = (digits >>> (2 * place)) & 3;
    return digit === 0 ? [] : [(digit - 1) as CategoryNumber];
  });
