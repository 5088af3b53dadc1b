import { describe, expect, it } from 'vitest';
import { ageText, leftText, lengthText, waitText } from './ages.ts';
import { textOf, type Say } from './messages.ts';

const vi: Say = (key, ...slots) => textOf('vi', key, ...slots);
const now = 1_730_000_000_000;
const age = (seconds: number) => ageText(now - seconds * 1000, now, vi);

describe('ages', () => {
  it('use the unit that people would', () => {
    expect([0, 1, 2, 119, 120, 7199, 7200, 172_799, 172_800].map(age)).toEqual([
      'vừa xong',
      'vừa xong',
      '2 giây trước',
      '119 giây trước',
      '2 phút trước',
      '119 phút trước',
      '2 giờ trước',
      '47 giờ trước',
      '2 ngày trước',
    ]);
  });

  it('call the near future now, because clocks differ', () => {
    expect(age(-30)).toBe('vừa xong');
  });
});

describe('what is left', () => {
  it('has its two largest parts, rounded up', () => {
    const left = (seconds: number) => leftText(seconds * 1000, vi);
    expect([-5, 0.2, 59, 60, 61, 3599, 3600, 7500, 86_400, 90_000].map(left)).toEqual([
      'sắp hết',
      '1 giây',
      '59 giây',
      '1 phút',
      '2 phút',
      '1 giờ',
      '1 giờ',
      '2 giờ 5 phút',
      '1 ngày',
      '1 ngày 1 giờ',
    ]);
  });
});

describe('durations', () => {
  it('have a decimal comma in Vietnamese and never say zero', () => {
    expect(waitText(432, 'vi', vi)).toBe('0,4 giây');
    expect(waitText(3, 'vi', vi)).toBe('0,1 giây');
  });

  it('have minutes from one minute on', () => {
    expect(lengthText(59, vi)).toBe('59 giây');
    expect(lengthText(130, vi)).toBe('2 phút 10 giây');
    expect(lengthText(119.6, vi)).toBe('2 phút 0 giây');
  });
});
