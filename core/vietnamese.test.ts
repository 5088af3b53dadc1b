// Numbers, rates, dates and times as Vietnamese offices write them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCount } from './count-text.ts';
import { maxCount } from './snapshot.ts';
import { formatCount, formatLocalDate, formatMoment, formatPoints, formatRate, sentenceCase } from './vietnamese.ts';

test('counts are grouped by dots, in English by commas', () => {
  expect(formatCount(1_633_840)).toBe('1.633.840');
  expect(formatCount(1_633_840, 'en')).toBe('1,633,840');
  expect(formatCount(0)).toBe('0');
  expect(formatCount(1_234)).toBe('1.234');
});

test('a count that was written reads back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: maxCount }), fc.constantFrom('vi' as const, 'en' as const), (count, language) => {
      expect(readCount(formatCount(count, language))).toEqual({ ok: true, count });
    }),
  );
});

test('rates have one decimal always', () => {
  expect(formatRate(0.197)).toBe('19,7%');
  expect(formatRate(0.2)).toBe('20,0%');
  expect(formatRate(1, 'en')).toBe('100.0%');
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (rate) => /^\d{1,3},\d%$/.test(formatRate(rate))));
});

test('a gain has its sign, and nothing gained has none', () => {
  expect(formatPoints(0.012)).toBe('+1,2 điểm %');
  expect(formatPoints(-0.012)).toBe('-1,2 điểm %');
  expect(formatPoints(0.00001)).toBe('0,0 điểm %');
  expect(formatPoints(-0.00001)).toBe('0,0 điểm %');
  expect(formatPoints(0.012, 'en')).toBe('+1.2 pp');
});

test('dates and moments are those of the wall clock in the zone', () => {
  expect(formatLocalDate('2024-11-01')).toBe('01/11/2024');
  const instant = Date.parse('2024-11-26T17:00:00+07:00');
  expect(formatMoment(instant, 'Asia/Ho_Chi_Minh')).toBe('17:00 ngày 26/11/2024');
  expect(formatMoment(instant, 'Asia/Ho_Chi_Minh', 'en')).toBe('17:00, 26/11/2024');
  expect(formatMoment(Date.parse('2024-11-26T17:05:00Z'), 'Asia/Ho_Chi_Minh')).toBe('00:05 ngày 27/11/2024');
});

test('a sentence begins with a capital, marks and đ included, and nothing else of it changes', () => {
  expect(sentenceCase('phường Ba Đình')).toBe('Phường Ba Đình');
  expect(sentenceCase('đống Đa')).toBe('Đống Đa');
  expect(sentenceCase('ấp')).toBe('Ấp');
  expect(sentenceCase('')).toBe('');
});
