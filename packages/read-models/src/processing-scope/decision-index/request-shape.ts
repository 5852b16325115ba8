import type { ProcessingOperation } from '@mandate/domain';

/** No number: the words are not those of the closed lists. */
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

const digitOfCategory = (category: string): number => {
  switch (category) {
    case 'recipient-contact':
      return 1;
    case 'message-content':
      return 2;
    case 'technical-metadata':
      return 3;
    default:
      return 0;
  }
};

/** Every list of categories that names none twice, as digits to the base of four, the first one last. */
const categoryLists: readonly number[] = [1, 2, 3].flatMap((first) => [
  first,
  ...[1, 2, 3]
    .filter((second) => second !== first)
    .flatMap((second) => [first + 4 * second, first + 4 * second + 16 * (6 - first - second)]),
]);

const numberOfCategoryList = new Int8Array(64).fill(none);
for (const [number, digits] of categoryLists.entries()) numberOfCategoryList[digits] = number;

/**
 * The number of a list of categories: by their order, too, since answers name them in the order of the request. -1 for
 * a list that names one twice, and for words that are none.
 */
const categoryListOf = ({ categories }: ProcessingOperation): number => {
  let digits = 0;
  const { length } = categories;
  if (length > 3) return none;
  for (let index = 0; index < length; index += 1) {
    const digit = digitOfCategory(categories[index] ?? '');
    if (digit === 0) return none;
    digits += digit << (2 * index);
  }
  return numberOfCategoryList[digits] ?? none;
};

const channelCount = 6;

/**
 * The number of what a request asks for: purpose, channel and list of categories. -1 for words that are none of the
 * closed lists, among them the purposes of the processor itself.
 */
export const shapeOf = (request: ProcessingOperation): number => {
  const purpose = numberOfPurpose(request.purpose);
  const channel = numberOfChannel(request.channel);
  const list = categoryListOf(request);
  return purpose < 0 || channel < 0 || list < 0
    ? none
    : (purpose * channelCount + channel) * categoryLists.length + list;
};
