import { describe, expect, it } from 'vitest';
import { paletteAt } from './palette.ts';
import { profileSchema } from './profile.ts';

const at = (time: string) => Date.parse(`2024-11-21T${time}:00+07:00`);
const led = { kind: 'led', pitchMm: 10, viewport: { width: 960, height: 576 }, distanceM: { near: 15, far: 60 }, audience: 'traffic' };
const lcd = { ...led, kind: 'lcd', pitchMm: 0.6, audience: 'indoor' };

describe('the palette of a screen', () => {
  it.each([
    ['a street LED by day', led, '12:00', 'usual'],
    ['a street LED in the evening', led, '18:30', 'led-night'],
    ['a street LED before sunrise', led, '05:30', 'led-night'],
    ['a street LED whose controller dims', { ...led, dimmedBy: 'controller' }, '20:00', 'led-night'],
    ['a street LED whose whole picture is dimmed already', { ...led, dimmedBy: 'picture' }, '20:00', 'usual'],
    ['a totem outdoors by day', { ...lcd, audience: 'public' }, '12:00', 'daylight'],
    ['a totem outdoors at night', { ...lcd, audience: 'public' }, '20:00', 'usual'],
    ['a reception', lcd, '12:00', 'usual'],
    ['a lobby full of daylight', { ...lcd, surroundings: 'bright' }, '12:00', 'daylight'],
    ['the same lobby in the evening', { ...lcd, surroundings: 'bright' }, '19:00', 'usual'],
    ['a dark hall at noon', { ...lcd, surroundings: 'dark' }, '12:00', 'dark-room'],
    ['an LED in a dark hall', { ...led, audience: 'indoor', surroundings: 'dark' }, '20:00', 'dark-room'],
  ])('%s', (_, profile, time, palette) => {
    expect(paletteAt(profileSchema.parse(profile), at(time))).toBe(palette);
  });
});
