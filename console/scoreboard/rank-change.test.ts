import { describe, expect, it } from 'vitest';
import { textOf, type Say } from '../messages.ts';
import { rankChange, rankChangeText } from './rank-change.ts';

const vi: Say = (key, ...slots) => textOf('vi', key, ...slots);
const words = (before: number | null, after: number | null) => rankChangeText(rankChange(before, after), vi);

describe('a change of rank', () => {
  it('is up when the number falls', () => {
    expect(words(5, 2)).toBe('lên 3 bậc');
    expect(words(2, 5)).toBe('xuống 3 bậc');
    expect(words(4, 4)).toBe('giữ hạng');
  });

  it('names units that enter or leave the ranking', () => {
    expect(words(null, 7)).toBe('mới xếp hạng');
    expect(words(7, null)).toBe('không còn xếp hạng');
    expect(words(null, null)).toBe('');
  });
});
