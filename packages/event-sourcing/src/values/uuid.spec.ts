import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedUuid, isUuid, uuidCodec, type Uuid } from './uuid';

const hexDigits = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789abcdef')),
  minLength: 32,
  maxLength: 32,
});

/** Any 32 hex digits, whether or not their version and variant are known to RFC 9562. */
const anyUuid = hexDigits.map(
  (digits) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Uuid,
);

describe('a UUID', () => {
  it('is 32 hex digits in lower case, in five groups', () => {
    fc.assert(
      fc.property(anyUuid, (uuid) => {
        expect(isUuid(uuid)).toBe(true);
        expect(uuidCodec().decode(uuid)).toEqual(right(uuid));
        expect(uuidCodec().encode(uuid)).toBe(uuid);
      }),
    );
  });

  it.each([
    ['upper case', '6BA7B810-9DAD-11D1-80B4-00C04FD430C8'],
    ['no hyphens', '6ba7b8109dad11d180b400c04fd430c8'],
    ['braces', '{6ba7b810-9dad-11d1-80b4-00c04fd430c8}'],
    ['a URN', 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['a line break after it', '6ba7b810-9dad-11d1-80b4-00c04fd430c8\n'],
    ['one digit too few', '6ba7b810-9dad-11d1-80b4-00c04fd430c'],
    ['no text at all', 7],
    ['nothing', undefined],
  ])('has one spelling: not with %s', (_, value) => {
    expect(isUuid(value)).toBe(false);
    expect(isLeft(uuidCodec().decode(value))).toBe(true);
    expect(uuidCodec().is(value)).toBe(false);
  });

  it('is what the pattern of RFC 9562 in lower case matches, whatever stands in one place of it', () => {
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    const signs = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2 }),
      fc.constantFrom('-', 'a', 'A', 'g', '/', ':', '`'),
    );
    fc.assert(
      fc.property(anyUuid, fc.nat({ max: 36 }), signs, fc.boolean(), (uuid, place, sign, isReplaced) => {
        const text = uuid.slice(0, place) + sign + uuid.slice(isReplaced ? place + 1 : place);
        expect(isUuid(text)).toBe(pattern.test(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('is named by the kind of id that its codec decodes', () => {
    expect(uuidCodec('contract id').name).toBe('contract id (a UUID in lower case)');
  });
});

describe('a derived UUID', () => {
  it('agrees with the example of RFC 9562, appendix A.4', () => {
    expect(derivedUuid('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8' as Uuid)).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('agrees with the uuid package wherever that takes the namespace', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), (name, namespace) => {
        expect(derivedUuid(name, namespace as Uuid)).toBe(v5(name, namespace));
      }),
    );
  });

  it('exists for every name and every UUID as namespace, and is always the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyUuid, (name, namespace) => {
        const derived = derivedUuid(name, namespace);
        expect(isUuid(derived)).toBe(true);
        expect(derivedUuid(name, namespace)).toBe(derived);
      }),
    );
  });

  it('differs with the name and with the namespace', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), anyUuid), fc.tuple(fc.string(), anyUuid), (one, other) => {
        fc.pre(one[0] !== other[0] || one[1] !== other[1]);
        expect(derivedUuid(...one)).not.toBe(derivedUuid(...other));
      }),
    );
  });
});
