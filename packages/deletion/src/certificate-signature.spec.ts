import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { certificateDigest, signCertificate, verifyCertificate } from './certificate-signature';
import { signingKeyId } from './signed-document';
import { contents, publicKeyPem, signingKey } from './testing/a-certificate';

const certificate = signCertificate(contents, signingKey);

/** Canonical JSON as RFC 8785 describes it, written down again, for values that need no more than this. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
};

const shuffled = (value: unknown, order: readonly number[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, shuffled(field, order)] as const);
  const rank = (index: number): number => order[index % order.length] ?? 0;
  return Object.fromEntries(
    fields
      .map((field, index) => ({ field, index }))
      .toSorted((one, other) => rank(one.index) - rank(other.index))
      .map(({ field }) => field),
  );
};

describe('a signed certificate', () => {
  it('is genuine, and names its key', () => {
    expect(verifyCertificate(certificate, publicKeyPem)).toEqual({
      verdict: 'genuine',
      keyId: signingKeyId(createPublicKey(signingKey)),
    });
  });

  it('has the signature that it has always had', () => {
    expect(certificate.signature).toEqual({
      algorithm: 'Ed25519',
      keyId: '06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9',
      value: 'kiP3MXCWHTEjARbzyX0RIkvRU87cT84Xa2UQxUEZHI7SQWaaEo2YmQ4NkBeLjQphb3fRcCGiWwfYHdmHaa8ADA==',
    });
    expect(certificateDigest(contents)).toBe(
      'dcde47ee43698414a711485d2678c8c89023ee8fafbeef2de1ad176fdcd7ba49',
    );
  });

  it('is digested in canonical form', () => {
    expect(certificateDigest(contents)).toBe(createHash('sha256').update(canonical(contents)).digest('hex'));
  });

  it('has the same digest and signature in whatever order its fields come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 5, maxLength: 9 }), (order) => {
        const other = shuffled(contents, order) as typeof contents;
        expect(signCertificate(other, signingKey).signature).toEqual(certificate.signature);
        expect(verifyCertificate({ ...certificate, contents: other }, publicKeyPem).verdict).toBe('genuine');
      }),
      { numRuns: 50 },
    );
  });
});

describe('a certificate that was changed', () => {
  const text = JSON.stringify(certificate);
  const verdictOnText = (changed: string): string => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(changed);
    } catch {
      return 'no JSON';
    }
    return verifyCertificate(parsed, publicKeyPem).verdict;
  };

  const positions = Array.from({ length: text.length }, (_, index) => index);
  const survivors = (change: (index: number) => string): readonly string[] =>
    positions.map(change).filter((changed) => verdictOnText(changed) === 'genuine');

  it('in a single bit of any character is found out', () => {
    const withOtherBit = (index: number): string =>
      text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ 1) + text.slice(index + 1);
    expect(survivors(withOtherBit)).toEqual([]);
  });

  it('by leaving any single character out is found out', () => {
    expect(survivors((index) => text.slice(0, index) + text.slice(index + 1))).toEqual([]);
  });

  it('in the bits of its signature that no byte uses is found out', () => {
    const { signature } = certificate;
    const digits = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
    const genuine = digits
      .map((digit) => `${signature.value.slice(0, 85)}${digit}==`)
      .filter((value) => {
        const changed = { contents, signature: { ...signature, value } };
        return verifyCertificate(changed, publicKeyPem).verdict === 'genuine';
      });
    expect(genuine).toEqual([signature.value]);
  });

  it('by a field that was added anywhere is found out', () => {
    const added = { note: 'all backups are destroyed' };
    for (const changed of [
      { ...certificate, ...added },
      { ...certificate, contents: { ...contents, ...added } },
      { ...certificate, signature: { ...certificate.signature, ...added } },
    ]) {
      expect(verifyCertificate(changed, publicKeyPem).verdict).toBe('not-genuine');
    }
  });

  it('to show one thing to the reader and another to the verifier is found out', () => {
    const disguised = { ...contents, status: 'complete', toJSON: () => contents };
    expect(verifyCertificate({ ...certificate, contents: disguised }, publicKeyPem).verdict).toBe(
      'not-genuine',
    );
    const dated = { ...contents, issuedAt: new Date(contents.issuedAt) };
    expect(verifyCertificate({ ...certificate, contents: dated }, publicKeyPem).verdict).toBe('not-genuine');
    const blank = { ...contents, retained: undefined };
    expect(verifyCertificate({ ...certificate, contents: blank }, publicKeyPem).verdict).toBe('not-genuine');
  });
});

describe('verifying', () => {
  const sentenceFor = (something: unknown, key = publicKeyPem): string => {
    const verification = verifyCertificate(something, key);
    return verification.verdict === 'genuine' ? 'genuine' : verification.sentence;
  };

  it('with the key of somebody else says so', () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(sentenceFor(certificate, other)).toMatch(/signed with another key/);
    const keyId = signingKeyId(createPublicKey(other));
    const relabelled = { contents, signature: { ...certificate.signature, keyId } };
    expect(sentenceFor(relabelled, other)).toMatch(/does not fit the contents/);
  });

  it('with something that is no Ed25519 key says what was expected', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(sentenceFor(certificate, rsa.export({ type: 'spki', format: 'pem' }).toString())).toMatch(
      /type rsa/,
    );
    expect(sentenceFor(certificate, 'ssh-ed25519 AAAA')).toMatch(/PEM/);
    expect(verifyCertificate(certificate, undefined as never)).toHaveProperty(
      'sentence',
      expect.stringMatching(/PEM/),
    );
  });

  it('something of another format or algorithm says what was expected', () => {
    expect(sentenceFor({ ...certificate, contents: { ...contents, format: 'x/2' } })).toMatch(/format/);
    const signature = { ...certificate.signature, algorithm: 'none' };
    expect(sentenceFor({ contents, signature })).toMatch(/Ed25519/);
  });

  it('anything at all gives a verdict with a sentence, never an exception', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (something) => {
          expect(sentenceFor(something)).toMatch(/\.$/);
          expect(sentenceFor({ ...certificate, contents: something })).toMatch(/\.$/);
          expect(sentenceFor({ ...certificate, contents: { ...contents, dataSets: something } })).toMatch(
            /\.$/,
          );
          expect(sentenceFor({ contents, signature: something })).toMatch(/\.$/);
          expect(
            sentenceFor({ contents, signature: { ...certificate.signature, value: something } }),
          ).toMatch(/\.$/);
          expect(verifyCertificate(certificate, something as never).verdict).toBe('not-genuine');
        },
      ),
    );
  });

  it('what goes round in circles, or throws when it is read, gives a verdict too', () => {
    const circle: Record<string, unknown> = { ...contents };
    circle['dataSets'] = [circle];
    expect(sentenceFor({ ...certificate, contents: circle })).toMatch(/cannot be read/);
    const trap = {
      get contents(): never {
        throw new Error('no');
      },
      signature: certificate.signature,
    };
    expect(sentenceFor(trap)).toMatch(/cannot be read/);
    expect(sentenceFor({ ...certificate, contents: { ...contents, recipients: 3n } })).toMatch(/Expected/);
  });
});
