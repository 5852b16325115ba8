import { describe, expect, it } from '@jest/globals';
import { left, right } from 'fp-ts/Either';
import type { Decider } from '../command-handling/decider';
import { given } from './given-when-then';

interface Switched {
  readonly type: 'Switched';
  readonly to: 'on' | 'off';
}
type Refusal = { readonly reason: 'locked'; readonly lockedBy: string } | { readonly reason: 'no-power' };

const lamp: Decider<Switched['to'], Switched['to'], Switched, Refusal, { readonly lockedBy?: string }> = {
  initialState: 'off',
  decide: (to, state, { lockedBy }) => {
    if (lockedBy !== undefined) return left({ reason: 'locked', lockedBy });
    return right(to === state ? [] : [{ type: 'Switched', to }]);
  },
  evolve: (_state, { to }) => to,
};
const switched = (to: Switched['to']): Switched => ({ type: 'Switched', to });

describe('given a history, when a command arrives', () => {
  it('passes when exactly the expected events follow', () => {
    given(lamp, [])
      .when('on', {})
      .then([switched('on')]);
    given(lamp, [switched('on')])
      .when('off', {})
      .then([switched('off')]);
  });

  it('fails when other events follow', () => {
    const decided = given(lamp, []).when('on', {});
    expect(() => decided.then([switched('off')])).toThrow();
    expect(() => decided.then([])).toThrow();
    expect(() => decided.thenNothing()).toThrow();
  });

  it('passes when nothing follows and nothing was expected', () => {
    given(lamp, [switched('on')])
      .when('on', {})
      .thenNothing();
    expect(() =>
      given(lamp, [])
        .when('off', {})
        .then([switched('off')]),
    ).toThrow();
  });

  it('passes when the command is refused for the expected reason, or with the expected rejection', () => {
    const decided = given(lamp, []).when('on', { lockedBy: 'a' });
    decided.thenRefused('locked');
    decided.thenRefused({ reason: 'locked', lockedBy: 'a' });
  });

  it('fails when the command is refused otherwise', () => {
    const decided = given(lamp, []).when('on', { lockedBy: 'a' });
    expect(() => decided.thenRefused('no-power')).toThrow();
    expect(() => decided.thenRefused({ reason: 'locked', lockedBy: 'b' })).toThrow();
  });

  it('fails when a refused command was expected to be accepted, and says why it was refused', () => {
    const decided = given(lamp, []).when('on', { lockedBy: 'a' });
    expect(() => decided.then([switched('on')])).toThrow(/"reason":"locked"/);
    expect(() => decided.thenNothing()).toThrow(/"reason":"locked"/);
  });

  it('fails when an accepted command was expected to be refused', () => {
    expect(() => given(lamp, []).when('on', {}).thenRefused('locked')).toThrow(/found 1 events/);
    expect(() => given(lamp, []).when('off', {}).thenRefused('locked')).toThrow(/found 0 events/);
  });
});
