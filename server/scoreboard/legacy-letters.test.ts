// Old letters are recognised and read as what was meant; Unicode is left alone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lettersOf, likeliest, toUnicode } from './legacy-letters.ts';

const names = readFileSync(fileURLToPath(new URL('../../assets/units/hanoi-units.csv', import.meta.url)), 'utf8')
  .normalize('NFC')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',')[2] ?? '');

describe('Unicode', () => {
  test('is what every name of a unit is, alone and together', () => {
    expect(names).toHaveLength(156);
    expect(names.filter((name) => lettersOf(name) !== 'unicode')).toEqual([]);
    expect(lettersOf(names.join('\n'))).toBe('unicode');
  });

  test('is not doubted for a word of another language, or for figures', () => {
    expect(lettersOf('Café Zürich; Đơn vị; Kết quả')).toBe('unicode');
    expect(lettersOf('1.234;5.678;§ 3')).toBe('unicode');
  });
});

/** What old files really hold: written down from the fonts' tables, not made by the code that reads them. */
describe.each([
  ['tcvn3', 'QuËn Ba §×nh', 'Quận Ba Đình'],
  ['tcvn3', 'HuyÖn Ba V×', 'Huyện Ba Vì'],
  ['tcvn3', '§¬n vÞ', 'Đơn vị'],
  ['tcvn3', 'KÕt qu¶ lòy kÕ', 'Kết quả lũy kế'],
  ['tcvn3', 'Céng hßa x· héi chñ nghÜa ViÖt Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
  ['tcvn3', 'ThÞ x· S¬n T©y', 'Thị xã Sơn Tây'],
  ['vni', 'Quaän Ba Ñình', 'Quận Ba Đình'],
  ['vni', 'Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
  ['vni', 'Ñôn vò haønh chính: phöôøng, xaõ', 'Đơn vị hành chính: phường, xã'],
  ['vni', 'KEÁT QUAÛ LUÕY KEÁ', 'KẾT QUẢ LŨY KẾ'],
] as const)('%s', (letters, written, meant) => {
  test(`reads “${meant}”`, () => {
    expect(lettersOf(written)).toBe(letters);
    expect(toUnicode(written, letters)).toBe(meant);
  });
});

test('of two readings the one with more Vietnamese words is meant, and the first of equals', () => {
  const right = { letters: 'tcvn3', text: 'Quận Ba Đình' } as const;
  const wrong = { letters: 'unicode', text: 'QuËn Ba §×nh' } as const;
  expect(likeliest([wrong, right])).toBe(right);
  expect(likeliest([right, { ...right, letters: 'vni' }])).toBe(right);
});
