import { createHash } from 'node:crypto';
import * as fc from '../support/made-up';
import { canonicalJson, hashOf } from '../../domain/hash';

describe('hashOf', () => {
  it('is SHA-256 of the parts with their lengths', () => {
    expect(hashOf('ab', 'ü')).toBe(createHash('sha256').update('2:ab|1:ü').digest('hex'));
  });

  it('differs whenever the parts differ, also when they join to the same text', () => {
    expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
    expect(hashOf('a|1:b')).not.toBe(hashOf('a', 'b'));
    const parts = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(hashOf(...a) === hashOf(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

describe('canonicalJson', () => {
  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 6 });
    fc.assert(
      fc.property(record, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson({ inner: reversed })).toBe(canonicalJson({ inner: value }));
      }),
    );
  });

  it('takes an absent value for one that is undefined, and null for a value', () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson({ a: 1, b: null })).not.toBe(canonicalJson({ a: 1 }));
  });
});
