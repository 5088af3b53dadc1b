// Legibility: figures of docs/legibility.md hold for codes and words.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capHeightRatio, check, fitCode, minFontPx, readableCodeDistanceM, rules } from './legibility.ts';
import type { Profile } from './profile.ts';

const street: Profile = {
  kind: 'led',
  pitchMm: 10,
  viewport: { x: 0, y: 0, width: 960, height: 576 },
  distanceM: { near: 15, far: 60 },
  audience: 'traffic',
  touch: false,
  sound: false,
};
const reception: Profile = {
  ...street,
  kind: 'lcd',
  pitchMm: 0.63,
  viewport: { x: 0, y: 0, width: 1920, height: 1080 },
  distanceM: { near: 2, far: 6 },
  audience: 'indoor',
};
const kiosk: Profile = {
  ...reception,
  kind: 'kiosk',
  pitchMm: 0.28,
  viewport: { x: 0, y: 0, width: 1080, height: 1920 },
  distanceM: { near: 0.4, far: 0.8 },
  touch: true,
};

const modules = fc.integer({ min: 0, max: 39 }).map((version) => 21 + 4 * version);
const profile = fc
  .record({
    kind: fc.constantFrom('led', 'lcd', 'kiosk'),
    audience: fc.constantFrom('traffic', 'public', 'indoor'),
    pitchMm: fc.double({ min: 0.05, max: 20, noNaN: true }),
    near: fc.double({ min: 0.3, max: 60, noNaN: true }),
  })
  .map(({ kind, audience, pitchMm, near }): Profile => ({ ...street, kind, audience, pitchMm, distanceM: { near, far: near * 2 } }));

describe('a code', () => {
  test('of 25 modules fits squares in whole pixels a module, quiet zone included', () => {
    expect(fitCode(25, 200)).toEqual({ modulePx: 6, cardPx: 198 });
    expect(fitCode(29, 200)).toEqual({ modulePx: 5, cardPx: 185 });
    expect(fitCode(53, 200)).toEqual({ modulePx: 3, cardPx: 183 });
    expect(fitCode(25, 32)).toEqual({ modulePx: 0, cardPx: 0 });
  });

  test('is the largest that fits, whatever the room', () => {
    fc.assert(
      fc.property(modules, fc.integer({ min: 0, max: 4_000 }), (count, room) => {
        const { modulePx, cardPx } = fitCode(count, room);
        expect(Number.isInteger(modulePx)).toBe(true);
        expect(cardPx).toBe(modulePx * (count + 2 * rules.quietModules));
        expect(cardPx <= room && cardPx + count + 2 * rules.quietModules > room).toBe(true);
      }),
    );
  });

  test('passes on the trial screens at the size that fits them', () => {
    expect(check(street, { modulePx: 6, quietModules: 4, seconds: 10 })).toEqual([]);
    expect(check(reception, { modulePx: 8, quietModules: 4, seconds: 12 })).toEqual([]);
    expect(check(kiosk, { modulePx: 10, quietModules: 4, seconds: 30 })).toEqual([]);
  });

  test.each([
    ['too small for the distance', { modulePx: 4, quietModules: 4, seconds: 10 }, ['moduleMmPerM', 'moduleMmPerMComfort']],
    ['large enough but not comfortable', { modulePx: 7, quietModules: 4, seconds: 10 }, ['moduleMmPerMComfort']],
    ['of two pixels a module', { modulePx: 2, quietModules: 4, seconds: 10 }, ['minModulePx', 'moduleMmPerM', 'moduleMmPerMComfort']],
    ['without its quiet zone', { modulePx: 8, quietModules: 3, seconds: 10 }, ['quietModules']],
    ['shown for less than ten seconds', { modulePx: 8, quietModules: 4, seconds: 9.9 }, ['minCodeSeconds']],
  ])('%s is found out', (_, turn, expected) => {
    const findings = check(reception, turn);
    expect(findings.map(({ rule }) => rule)).toEqual(expected);
    for (const { measured, required } of findings) expect(measured).toBeLessThan(required);
    expect(findings.filter(({ rule }) => rule === 'moduleMmPerMComfort').every(({ severity }) => severity === 'warning')).toBe(true);
  });

  test('that reads from where people stand has no error of size, one a pixel a module smaller than that has', () => {
    fc.assert(
      fc.property(profile, fc.integer({ min: 3, max: 60 }), (each, modulePx) => {
        const errors = check(each, { modulePx, quietModules: 4, seconds: 10 }).filter(({ severity }) => severity === 'error');
        expect(errors.length === 0).toBe(readableCodeDistanceM(each, modulePx) >= each.distanceM.near);
      }),
    );
  });
});

describe('words', () => {
  test('are as tall as the distance asks for', () => {
    expect(minFontPx(reception)).toBe(Math.ceil((4 * 2) / 0.63 / capHeightRatio));
    expect(minFontPx(reception, 6)).toBe(Math.ceil((4 * 6) / 0.63 / capHeightRatio));
    expect(minFontPx(street)).toBe(Math.ceil(rules.minLedCapPx / capHeightRatio));
    expect(minFontPx(street, 60)).toBe(Math.ceil((6 * 60) / 10 / capHeightRatio));
  });

  test('grow with the distance and never fall under what an LED can draw', () => {
    fc.assert(
      fc.property(profile, fc.double({ min: 0.3, max: 100, noNaN: true }), (each, distanceM) => {
        const px = minFontPx(each, distanceM);
        expect(minFontPx(each, distanceM * 2)).toBeGreaterThanOrEqual(px);
        expect(px * capHeightRatio * each.pitchMm).toBeGreaterThanOrEqual(rules.capMmPerM[each.audience] * distanceM - 1e-9);
        if (each.kind === 'led') expect(px * capHeightRatio).toBeGreaterThanOrEqual(rules.minLedCapPx);
      }),
    );
  });
});
