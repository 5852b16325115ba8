import { decodeIssuesOf, sentenceOfIssue } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import { arbitraryProcessingRequest, nth, runs } from '../testing';
import { ownPurposes, purposes } from '../vocabulary';
import { processingRequest } from './request';

const custody = { contractId: nth.contractId(1), dataSetId: nth.dataSetId(1) };
const processing = {
  ...custody,
  operation: 'process',
  purpose: 'delivery',
  categories: ['recipient-contact'],
  channel: 'e-mail',
  country: 'PL',
};
const optional = {
  subProcessorId: nth.subProcessorId(1),
  special: { categories: ['health'], foundIn: 'message-content' },
};

const sentencesOn = (input: unknown): readonly string[] => {
  const decoded = processingRequest.decode(input);
  return isLeft(decoded) ? decodeIssuesOf(decoded.left).map(sentenceOfIssue) : [];
};
const pathsIn = (input: unknown): readonly string[] => {
  const decoded = processingRequest.decode(input);
  return isLeft(decoded) ? decodeIssuesOf(decoded.left).map(({ path }) => path) : [];
};

describe('a processing request', () => {
  it('is understood as it was sent, also over JSON', () => {
    fc.assert(
      fc.property(arbitraryProcessingRequest, (request) => {
        const sent: unknown = JSON.parse(JSON.stringify(processingRequest.encode(request)));
        expect(sent).toEqual(request);
        expect(processingRequest.decode(sent)).toEqual(right(request));
        expect(processingRequest.is(sent)).toBe(true);
      }),
      runs(100),
    );
  });

  it.each([...purposes, ...ownPurposes])('can be asked for the purpose %s', (purpose) => {
    expect(sentencesOn({ ...processing, purpose })).toEqual([]);
  });

  it.each(['marketing', 'own-marketing ', 'DELIVERY', '', null, undefined, ['delivery'], {}])(
    'with the purpose %j is no request at all, so that nobody takes it for one that was denied',
    (purpose) => {
      expect(pathsIn({ ...processing, purpose })).toEqual(['purpose']);
      expect(processingRequest.is({ ...processing, purpose })).toBe(false);
    },
  );

  it.each(['store', 'secure', 'return', 'erase'])(
    'to %s names the contract and the data set only',
    (operation) => {
      expect(sentencesOn({ ...custody, operation })).toEqual([]);
      expect(pathsIn({ ...custody, operation, purpose: 'delivery' })).toEqual(['purpose']);
    },
  );

  it.each(['read', 'Process', '', null, undefined])('to do %j is none', (operation) => {
    expect(pathsIn({ ...custody, operation })).toEqual(['operation']);
  });

  it.each(Object.keys(processing).filter((name) => name !== 'operation'))(
    'to process names its %s',
    (name) => {
      expect(pathsIn({ ...processing, [name]: undefined })).toEqual([name]);
    },
  );

  it('may name a sub-processor and special categories', () => {
    expect(sentencesOn({ ...processing, ...optional })).toEqual([]);
    expect(sentencesOn({ ...processing, subProcessorId: undefined, special: undefined })).toEqual([]);
  });

  it.each([
    ['a category that does not exist', { categories: ['recipient-contact', 'shoe-size'] }, 'categories[1]'],
    ['no category', { categories: [] }, 'categories'],
    ['a country in lower case', { country: 'pl' }, 'country'],
    ['a channel that does not exist', { channel: 'pigeon' }, 'channel'],
    ['an id in upper case', { contractId: nth.contractId(1).toUpperCase() }, 'contractId'],
    [
      'special categories without saying which',
      { special: { foundIn: 'message-content' } },
      'special.categories',
    ],
    ['special categories without saying where', { special: { categories: ['health'] } }, 'special.foundIn'],
    ['a field that a request does not have', { recipient: 'x' }, 'recipient'],
  ])('with %s is refused, and the answer says where', (_what, change, path) => {
    expect(pathsIn({ ...processing, ...change })).toEqual([path]);
  });

  it('is refused without repeating an address that strayed into it', () => {
    const canary = 'anna.kowalska@example.com';
    for (const field of [...Object.keys(processing), ...Object.keys(optional), canary]) {
      const sentences = sentencesOn({ ...processing, [field]: canary });
      expect(sentences).not.toEqual([]);
      expect(sentences.join(' ')).not.toMatch(/anna|kowalska|example\.com/);
    }
  });

  it.each([null, undefined, 'process', 7, [], [processing]])('is not %j', (input) => {
    expect(pathsIn(input)).toEqual(['']);
  });
});
