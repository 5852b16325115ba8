import type { ProcessingOperation } from '@mandate/domain';
import { sampleContract, type SampleInstruction } from './sample-contracts';

/** Says whether a request is allowed at an instant, in milliseconds since 1970. */
export type Ask = (request: ProcessingOperation, atMs: number) => boolean;

const bits: Readonly<Record<string, number>> = {
  delivery: 1,
  management: 2,
  analytics: 4,
  security: 8,
  availability: 16,
  'recipient-contact': 32,
  'message-content': 64,
  'technical-metadata': 128,
  'e-mail': 256,
  sms: 512,
  push: 1024,
  'in-app': 2048,
  chat: 4096,
  voice: 8192,
};

const bitsOf = (words: readonly string[]): number =>
  words.reduce((mask, word) => mask | (bits[word] ?? 0), 0);

const askedBits = ({ purpose, categories, channel }: ProcessingOperation): number => {
  let asked = (bits[purpose] ?? 0) | (bits[channel] ?? 0);
  for (let index = 0; index < categories.length; index += 1) asked |= bits[categories[index] ?? ''] ?? 0;
  return asked;
};

interface Mask {
  readonly mask: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

const maskOf = ({ purposes, categories, channels, from, until }: SampleInstruction): Mask => ({
  mask: bitsOf([...purposes, ...categories, ...channels]),
  fromMs: Date.parse(from),
  untilMs: Date.parse(until),
});

/**
 * The least that could answer: one look-up, one test of bits, two comparisons, from the words of the request. It knows
 * one instruction of each contract, so it is no answer; it is what an answer cannot be quicker than.
 */
export const askLimit = (contracts: number): Ask => {
  const masks = new Map<string, Mask>();
  for (let number = 0; number < contracts; number += 1) {
    const { contractId, instructions } = sampleContract(number);
    const [first] = instructions;
    if (first !== undefined) masks.set(contractId, maskOf(first));
  }
  return (request, atMs) => {
    const entry = masks.get(request.contractId);
    if (entry === undefined) return false;
    const asked = askedBits(request);
    return (entry.mask & asked) === asked && entry.fromMs <= atMs && atMs < entry.untilMs;
  };
};

/** What one writes by hand: the contract's own instructions, filtered. */
export const askArrayFilter = (contracts: number): Ask => {
  const byContract = new Map<string, readonly (SampleInstruction & Mask)[]>();
  for (let number = 0; number < contracts; number += 1) {
    const { contractId, instructions } = sampleContract(number);
    byContract.set(
      contractId,
      instructions.map((instruction) => ({ ...instruction, ...maskOf(instruction) })),
    );
  }
  return ({ contractId, purpose, categories, channel }, atMs) =>
    (byContract.get(contractId) ?? []).filter(
      (instruction) =>
        instruction.purposes.includes(purpose) &&
        instruction.channels.includes(channel) &&
        categories.every((category) => instruction.categories.includes(category)) &&
        instruction.fromMs <= atMs &&
        atMs < instruction.untilMs,
    ).length > 0;
};
