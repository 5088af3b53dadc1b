import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { measureFont } from './be-vietnam-pro.ts';

it('the widths that ship are those of the font that ships', () => {
  const shipped: unknown = JSON.parse(readFileSync(fileURLToPath(new URL('../../core/legibility/advance-widths.json', import.meta.url)), 'utf8'));
  expect(shipped).toEqual(measureFont());
});
