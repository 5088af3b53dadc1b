import { expect, it } from 'vitest';
import { countSyllables } from './syllables.ts';
import { breakLines, widthEm } from './text-layout.ts';

it.each([
  ['Công dân Thủ đô số – iHanoi', 0],
  ['Cài đặt ngay hôm nay', 5],
  ['Gọi 1022, nhánh 8', 2],
  ['Không đưa mã OTP, mật khẩu', 6],
  ['1022', 1],
  ['Đợt thi đua cao điểm: 01/11 – 30/11/2024', 5],
  ['', 0],
])('“%s” has %i syllables', (text, expected) => {
  expect(countSyllables(text)).toBe(expected);
});

it('breaks at spaces, never inside a name, and gives a part that is too long a line of its own', () => {
  const one = widthEm('Hà', 700);
  expect(breakLines('Hà Hà Hà', 700, one * 1.1).count).toBe(3);
  expect(breakLines('Hà Hà Hà', 700, 100).count).toBe(1);
  const glued = breakLines('Hà\u00a0Hà Hà', 700, one * 1.1);
  expect(glued.count).toBe(2);
  expect(glued.widestEm).toBeGreaterThan(one * 2);
});

it('knows the letters of Vietnamese in every weight, and takes the widest for what it does not know', () => {
  for (const weight of [500, 600, 700, 800] as const) {
    expect(widthEm('ệ', weight)).toBeCloseTo(widthEm('e', weight), 1);
    expect(widthEm('Ặ', weight)).toBeCloseTo(widthEm('A', weight), 1);
  }
  expect(widthEm('漢', 600)).toBe(1);
  expect(widthEm('e\u0323\u0302', 600)).toBe(widthEm('ệ', 600));
});
