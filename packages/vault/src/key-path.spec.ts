import { describe, expect, it } from '@jest/globals';
import { isKeyId } from './key-path';

describe('a key id', () => {
  it.each([
    'r1',
    'import-2026_03',
    '5f0f8a4e-37f5-4f4b-8d0e-6a1f7f6c9e22',
    '12345678-1234-4234-8234-123456789012',
  ])('may be %s', (id) => {
    expect(isKeyId(id)).toBe(true);
  });

  it.each(['', '48600700800', '48-600-700-800', '+48600700800', 'anna@example.com', 'a b', 'a'.repeat(65)])(
    'is never something that could be an address or a telephone number: %s',
    (id) => {
      expect(isKeyId(id)).toBe(false);
    },
  );
});
