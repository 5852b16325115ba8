import { describe, expect, it } from '@jest/globals';
import { clientFailureOf } from './client-failure';

const errorWith = (members: object): Error => Object.assign(new Error('not looked at'), members);

describe('a conflict', () => {
  const conflict = (members: object): unknown =>
    clientFailureOf(errorWith({ type: 'wrong-expected-version', ...members }));

  it.each([
    ['the revision of the last event', { actualVersion: 4n }, 5],
    ['the first event', { actualVersion: 0n }, 1],
    ['a word for no stream', { actualVersion: 'no_stream' }, 0],
    ['-1 for no stream, as deletions report it', { actualVersion: -1n }, 0],
    ['the name that the other package uses', { actualState: 2n }, 3],
    ['nothing', {}, undefined],
    ['something unknown', { actualVersion: 'any' }, undefined],
  ])('tells the version by %s', (_, members, actualVersion) => {
    expect(conflict(members)).toEqual({ kind: 'conflict', actualVersion });
  });
});

describe('an error of the client', () => {
  it.each([
    [{ type: 'not-leader' }, 'not-leader'],
    [{ type: 'stream-not-found' }, 'stream-not-found'],
    [{ type: 'stream-deleted' }, 'stream-deleted'],
    [{ type: 'maximum-append-size-exceeded', maxAppendSize: 10 }, 'too-large'],
    [{ type: 'access-denied' }, 'refused'],
    [{ type: 'unknown', code: 3 }, 'refused'],
    [{ type: 'unknown', code: 7 }, 'refused'],
    [{ code: 16 }, 'refused'],
    [{ type: 'unavailable', code: 14 }, 'unknown'],
    [{ type: 'timeout', code: 10 }, 'unknown'],
    [{ type: 'cancelled', code: 1 }, 'unknown'],
    [{ type: 'deadline-exceeded', code: 4 }, 'unknown'],
    [{ type: 'unknown', code: 13 }, 'unknown'],
    [{ type: 'unknown', code: 15 }, 'unknown'],
    [{ code: 14 }, 'unknown'],
    [{}, 'unknown'],
  ])('with %p is %s', (members, kind) => {
    expect(clientFailureOf(errorWith(members)).kind).toBe(kind);
  });

  it.each([undefined, null, 'text', 1])('that is %p has an unknown outcome', (error) => {
    expect(clientFailureOf(error).kind).toBe('unknown');
  });

  it('is described without its message, which may name streams', () => {
    expect(JSON.stringify(clientFailureOf(errorWith({ type: 'unavailable' })))).not.toContain(
      'not looked at',
    );
  });
});
