// The variants of the palette, read from the tokens: each keeps its words readable on its own grounds, and the night has no white.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contrastRatio, relativeLuminance, rgbOf } from '../core/legibility/contrast.ts';
import { palettes, type Palette } from '../core/palette.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const colours = (block: string) => Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
const usual = colours(/:root \{(.*?)\n\}/s.exec(css)?.[1] ?? '');
const variant = (palette: Palette): Record<string, string> => ({
  ...usual,
  ...(palette === 'usual' ? {} : colours(new RegExp(`\\[data-palette='${palette}'\\] \\{(.*?)\\n\\}`, 's').exec(css)?.[1] ?? '')),
});
const lightness = (colour: string | undefined) => relativeLuminance(rgbOf(colour ?? '#ffffff'));

it.each(palettes)('%s keeps words at seven to one on its grounds, and a code at ten to one', (palette) => {
  const tokens = variant(palette);
  if (palette !== 'usual') expect(tokens).not.toEqual(usual);
  const grounds = palette === 'led-night' ? ['indigo', 'ink', 'indigo-raised'] : ['lacquer', 'lacquer-deep', ...(palette === 'usual' ? ['indigo', 'ink'] : [])];
  const words = palette === 'led-night' ? ['ivory', 'gold', 'mist-cool'] : ['ivory', 'gold', 'mist'];
  for (const ground of grounds)
    for (const word of words) expect(contrastRatio(tokens[word] ?? '', tokens[ground] ?? ''), `${word} on ${ground}`).toBeGreaterThanOrEqual(7);
  expect(contrastRatio(tokens['code'] ?? '', tokens['paper'] ?? '')).toBeGreaterThan(10);
});

it('the night and the dark room have no white, and the day is lighter than both', () => {
  for (const palette of ['led-night', 'dark-room'] as const)
    for (const name of ['ivory', 'gold', 'paper']) expect(lightness(variant(palette)[name]), `${palette} ${name}`).toBeLessThan(0.73);
  expect(lightness(variant('daylight')['lacquer'])).toBeGreaterThan(lightness(usual['lacquer']));
  expect(lightness(variant('dark-room')['lacquer'])).toBeLessThan(lightness(usual['lacquer']));
});
