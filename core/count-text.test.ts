// Counts as people write them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCount } from './count-text.ts';
import { maxCount } from './snapshot.ts';

const count = fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: maxCount }));
const groupedBy = (separator: string) => (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, separator);

describe('a whole number', () => {
  test.each(['1234', '1.234', '1,234', '1 234', '1\u00a0234', '1\u202f234', ' 1234 ', '\t1.234\n'])(
    '%j is one thousand two hundred and thirty-four',
    (text) => {
      expect(readCount(text)).toEqual({ ok: true, count: 1_234 });
    },
  );

  test('reads back the same from any way of grouping it', () => {
    fc.assert(
      fc.property(count, fc.constantFrom('', '.', ',', ' ', '\u00a0', '\u202f'), fc.constantFrom('', ' '), (value, separator, space) => {
        expect(readCount(space + groupedBy(separator)(value) + space)).toEqual({ ok: true, count: value });
      }),
    );
  });
});

describe('what is not a whole number', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['-5', 'negative'],
    ['\u22125', 'negative'],
    ['\u20135', 'negative'],
    ['- 1.234', 'negative'],
    ['1,5', 'not-whole'],
    ['12.34', 'not-whole'],
    ['1.2345', 'not-whole'],
    ['0.123', 'not-whole'],
    ['0,500', 'not-whole'],
    ['1.234,5', 'not-whole'],
    ['1.234,567', 'not-whole'],
    ['12,34,567', 'not-whole'],
    ['1 2', 'not-a-number'],
    ['36,9%', 'not-a-number'],
    ['1e6', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['chưa có', 'not-a-number'],
    ['-', 'not-a-number'],
    ['.', 'not-a-number'],
    ['90.000.001', 'too-large'],
    ['9'.repeat(400), 'too-large'],
  ])('%j is refused as %s', (text, problem) => {
    expect(readCount(text)).toEqual({ ok: false, problem });
  });

  test('is never turned into a number that the text does not spell', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789., -+e%'.split('')) }));
    fc.assert(
      fc.property(texts, (text) => {
        const read = readCount(text);
        if (!read.ok) return;
        expect(Number.isSafeInteger(read.count) && read.count >= 0 && read.count <= maxCount).toBe(true);
        expect(text.replace(/\D/g, '').replace(/^0+(?=\d)/, '')).toBe(String(read.count));
      }),
      { numRuns: 500 },
    );
  });

  test('a fraction of one to two or more than three digits is not taken for thousands', () => {
    const digits = fc.integer({ min: 1, max: 9 }).filter((length) => length !== 3);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), digits, fc.constantFrom('.', ','), (whole, length, separator) => {
        expect(readCount(`${whole}${separator}${'5'.repeat(length)}`)).toEqual({ ok: false, problem: 'not-whole' });
      }),
    );
  });
});
