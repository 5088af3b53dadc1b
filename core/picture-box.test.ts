import fc from 'fast-check';
import { expect, it } from 'vitest';
import { laidInto, pictureBox, shownFit } from './picture-box.ts';
import { screenPresets } from './screen-presets.ts';

it.each(screenPresets)('on $id a picture takes all, and beside a caption what the caption leaves', ({ profile }) => {
  const { width, height } = profile.viewport;
  expect(pictureBox(profile, false)).toEqual({ width, height });
  const beside = pictureBox(profile, true);
  expect(beside.width * beside.height).toBeLessThan(width * height);
  expect(beside.width * beside.height).toBeGreaterThan(width * height * 0.25);
});

it('is never larger than its screen, nor negative, whatever the size', () => {
  const size = fc.integer({ min: 16, max: 8_192 });
  fc.assert(
    fc.property(fc.constantFrom(...screenPresets), size, size, fc.boolean(), ({ profile }, width, height, isCaptioned) => {
      const box = pictureBox({ ...profile, viewport: { ...profile.viewport, width, height } }, isCaptioned);
      expect(box.width).toBeGreaterThan(0);
      expect(box.width).toBeLessThanOrEqual(width);
      expect(box.height).toBeGreaterThanOrEqual(0);
      expect(box.height).toBeLessThanOrEqual(height);
    }),
  );
});

const film = { width: 1_920, height: 1_080 };

it.each([
  ['reception', 'cover'],
  ['reception-portrait', 'contain'],
  ['kiosk', 'contain'],
  ['crossing', 'cover'],
  ['pole', 'cover'],
] as const)('a film in landscape on %s: %s', (id, expected) => {
  const preset = screenPresets.find((each) => each.id === id);
  expect(preset && shownFit('cover', pictureBox(preset.profile, true), film)).toBe(expected);
});

it('stands whole inside where it is asked to, whatever its shape', () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 8_192 }), height: fc.integer({ min: 1, max: 8_192 }) });
  fc.assert(fc.property(size, size, (box, picture) => shownFit('contain', box, picture) === 'contain'));
});

it('fills its box, at least half of it seen, or stands whole inside', () => {
  const size = fc.record({ width: fc.integer({ min: 16, max: 8_192 }), height: fc.integer({ min: 16, max: 8_192 }) });
  fc.assert(
    fc.property(size, size, (box, picture) => {
      const { left, top, width, height } = laidInto('cover', box, picture);
      const seen = (Math.min(width, box.width) * Math.min(height, box.height)) / (width * height);
      expect(seen).toBeGreaterThanOrEqual(0.499);
      expect(width / height).toBeCloseTo(picture.width / picture.height, 3);
      if (left > 0.01 || top > 0.01) expect(seen).toBeCloseTo(1, 6);
      else expect(left + width).toBeGreaterThanOrEqual(box.width - 0.01);
    }),
  );
});
