import { expect, it } from 'vitest';
import { luminanceAt, peakCdM2, pictureLuminance, valueOf } from './luminance.ts';
import type { Profile } from './profile.ts';

const zone = 'Asia/Ho_Chi_Minh';
const street: Profile = {
  kind: 'led',
  pitchMm: 10,
  viewport: { x: 0, y: 0, width: 960, height: 576 },
  distanceM: { near: 15, far: 60 },
  audience: 'traffic',
  touch: false,
  sound: false,
};
const at = (time: string) => Date.parse(`2024-11-21T${time}+07:00`);
const candela = (time: string) => luminanceAt(street, at(time), zone) * peakCdM2(street);

it('fault 73: a street screen shines in full by day, at 300 cd/m² in the evening and at 150 in the small hours', () => {
  expect(candela('12:00')).toBeCloseTo(5_000);
  expect(candela('19:00')).toBeCloseTo(300);
  expect(candela('23:30')).toBeCloseTo(150);
  expect(candela('04:59')).toBeCloseTo(150);
  expect(candela('05:05')).toBeCloseTo(300);
});

it('goes there in steps that nobody sees: by less than a percent of its light in two seconds, from afternoon to evening', () => {
  for (let instant = at('16:00'); instant < at('19:00'); instant += 2_000) {
    const [now, next] = [instant, instant + 2_000].map((each) => luminanceAt(street, each, zone)) as [number, number];
    expect(next <= now && next > now * 0.99).toBe(true);
  }
});

it('keeps the values of code cards at half or more, and leaves the picture alone where the controller dims or nobody has said', () => {
  const { level, codeLevel } = pictureLuminance({ ...street, dimmedBy: 'picture' }, at('20:00'), zone);
  expect(valueOf(codeLevel)).toBeCloseTo(0.5);
  expect(level).toBeLessThan(codeLevel);
  expect(pictureLuminance(street, at('20:00'), zone)).toEqual({ level: 1, codeLevel: 1 });
  expect(pictureLuminance({ ...street, dimmedBy: 'controller' }, at('20:00'), zone)).toEqual({ level: 1, codeLevel: 1 });
});

it('never dims indoors, and knows a peak that somebody measured', () => {
  expect(luminanceAt({ ...street, audience: 'indoor' }, at('23:30'), zone)).toBe(1);
  expect(luminanceAt({ ...street, peakCdM2: 600 }, at('20:00'), zone)).toBeCloseTo(0.5);
});
