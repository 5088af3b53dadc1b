import { expect, test } from 'vitest';
import { smallJpeg } from './small-jpeg.ts';

test('lowers the quality until the picture fits', async () => {
  const asked: number[] = [];
  const jpeg = await smallJpeg((quality) => {
    asked.push(quality);
    return Promise.resolve(new Uint8Array(quality * 3_000));
  });
  expect(jpeg?.byteLength).toBeLessThan(150_000);
  expect(asked).toEqual([82, 70, 58, 45]);
});

test('has no picture when none can be taken or none fits', async () => {
  expect(await smallJpeg(() => Promise.resolve(undefined))).toBeUndefined();
  expect(await smallJpeg(() => Promise.resolve(new Uint8Array(150_000)))).toBeUndefined();
});
