import { describe, expect, it } from '@jest/globals';
import { pageSizeDefault, pageSizeOf, versionAfterOf } from './page-request';

describe('a request for a page', () => {
  it('has a size and a beginning without being asked', () => {
    expect(pageSizeOf(undefined)).toBe(pageSizeDefault);
    expect(versionAfterOf(undefined)).toBe(0);
  });

  it.each([1, 2, 1000])('may ask for %d events', (limit) => {
    expect(pageSizeOf(limit)).toBe(limit);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'may not ask for %d events',
    (limit) => {
      expect(() => pageSizeOf(limit)).toThrow(expect.objectContaining({ code: 'invalid-read' }));
    },
  );

  it.each([-1, 0.5, Number.NaN])('may not begin after version %d', (version) => {
    expect(() => versionAfterOf(version)).toThrow(expect.objectContaining({ code: 'invalid-read' }));
  });
});
