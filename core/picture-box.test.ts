import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pictureBox } from './picture-box.ts';
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
