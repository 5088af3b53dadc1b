import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { measureFont } from './be-vietnam-pro.ts';

it('the widths that ship are those of the font that ships', () => {
  const shipped: unknown = JSON.parse(readFileSync(fileURLToPath(new URL('../../core/legibility/advance-widths.json', import.meta.url)), 'utf8'));
  expect(shipped).toEqual(measureFont());
});

it('fault 23: the font that ships has every letter of Vietnamese with every mark, in every weight', () => {
  const marks = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
  const vowels = Array.from('aăâeêioôơuưyAĂÂEÊIOÔƠUƯY');
  const letters = [...vowels.flatMap((vowel) => marks.map((mark) => (vowel + mark).normalize('NFC'))), 'đ', 'Đ'];
  const { characters, weights } = measureFont();
  expect(new Set(letters).size).toBe(146);
  const known = Array.from(characters);
  for (const widths of Object.values(weights)) {
    expect(letters.filter((letter) => (widths[known.indexOf(letter)] ?? 0) <= 0)).toEqual([]);
  }
});
