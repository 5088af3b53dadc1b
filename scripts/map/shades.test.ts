// The colours of the map's classes on screens and on the public page: told apart by every eye, and none of them an alarm.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { shades } from '../../core/map/map-classes.ts';

const css = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const rampsOf = (text: string) => {
  const found = [...text.matchAll(/--shade-(\d): (#[0-9a-f]{6});/g)].map(([, , colour = '']) => colour);
  return Array.from({ length: found.length / shades }, (_, index) => found.slice(index * shades, (index + 1) * shades));
};
const [stage = []] = rampsOf(css('renderer/tokens.css'));
const [light = [], dark = []] = rampsOf(css('server/public/map.css'));

type Colour = [number, number, number];
const linear = (colour: string): Colour => {
  const part = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};
const times = (rows: readonly Colour[], [r, g, b]: Colour): Colour => rows.map(([x, y, z]) => x * r + y * g + z * b) as Colour;

/** OKLab (Ottosson 2020): equal distances look equally far apart. */
function oklab(colour: Colour): Colour {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  ).map(Math.cbrt) as Colour;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear light. */
const eyes: Record<string, readonly Colour[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe.each([
  ['on screens', stage],
  ['on the page', light],
  ['on the page at night', dark],
])('the shades %s', (_, ramp) => {
  it.each(Object.entries(eyes))('go one way in lightness, with even and clear steps, for eyes %s', (__, matrix) => {
    expect(ramp).toHaveLength(shades);
    const seen = ramp.map((colour) => oklab(times(matrix, linear(colour)).map((value) => Math.min(1, Math.max(0, value))) as Colour));
    const steps = seen.slice(1).map(([lightness], index) => lightness - (seen[index]?.[0] ?? 0));
    expect(new Set(steps.map(Math.sign)).size).toBe(1);
    for (const step of steps) expect(Math.abs(step)).toBeGreaterThan(0.085);
  });

  it('have no red in them that says alarm or shame', () => {
    for (const colour of ramp) {
      const [red, green, blue] = linear(colour);
      expect(red, colour).toBeLessThan(2.2 * Math.max(green, blue));
    }
  });
});
