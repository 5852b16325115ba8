import { describe, expect, it } from '@jest/globals';
import { troubleOf } from './postgres-trouble';

const ofServer = (code: string): Error =>
  Object.assign(new Error('duplicate key value (anna@example.com)'), { code, severity: 'ERROR' });

describe('what an error of the server means', () => {
  it.each([
    ['08006', 'unreachable'],
    ['57P01', 'unreachable'],
    ['53300', 'unreachable'],
    ['25006', 'unreachable'],
    ['55P03', 'busy'],
    ['57014', 'busy'],
    ['40P01', 'busy'],
    ['42501', 'forbidden'],
    ['28P01', 'forbidden'],
    ['42P01', 'damaged'],
    ['XX001', 'damaged'],
    ['23505', 'unfit'],
  ])('%s: %s, without a word of what it quotes', (code, kind) => {
    const trouble = troubleOf(ofServer(code));
    expect(trouble?.kind).toBe(kind);
    expect(trouble?.sentence).not.toMatch(/anna|duplicate/);
  });
});

describe('what an error of the connection means', () => {
  it.each([
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    Object.assign(new AggregateError([]), { code: 'ETIMEDOUT' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
  ])('%s', (error) => {
    expect(troubleOf(error)?.kind).toBe('unreachable');
  });
});

describe('an error of somebody else', () => {
  it.each([
    new TypeError('x is not a function'),
    Object.assign(new Error(), { code: 'ERR_ASSERTION' }),
    'text',
    null,
  ])('has no meaning here (%s)', (error) => {
    expect(troubleOf(error)).toBeUndefined();
  });
});
