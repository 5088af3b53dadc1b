import { expect, it } from 'vitest';
import { flashFrameBytes, flashGrid, flashRate, FlashWatch } from './flashes.ts';

type Colour = readonly [number, number, number];
const [black, white, red, grey, light] = [
  [0, 0, 0],
  [255, 255, 255],
  [255, 0, 0],
  [90, 90, 90],
  [245, 245, 245],
] as const satisfies readonly Colour[];

/** A picture with a share of its columns in one colour, the rest black. */
function picture(colour: Colour, share = 1): Uint8Array {
  const rgb = new Uint8Array(flashFrameBytes);
  for (let part = 0; part < flashFrameBytes / 3; part++) if ((part % flashGrid.width) / flashGrid.width < share) rgb.set(colour, part * 3);
  return rgb;
}

/** Where flashing begins in seconds of a film whose picture is chosen by its time. */
function watched(seconds: number, at: (second: number) => Uint8Array): number | undefined {
  const watch = new FlashWatch();
  for (let count = 0; count < seconds * flashRate; count++) {
    const found = watch.add(at(count / flashRate));
    if (found !== undefined) return found;
  }
  return undefined;
}
/** So many flashes a second: on for half of each. */
const blink = (a: Uint8Array, b: Uint8Array, perSecond: number) => (second: number) => (Math.floor(second * perSecond * 2) % 2 === 0 ? a : b);

it('lets three flashes a second pass, and refuses four', () => {
  expect(watched(5, blink(picture(black), picture(white), 3))).toBeUndefined();
  expect(watched(5, blink(picture(black), picture(white), 4))).toBeCloseTo(0, 0);
});

it('says where it begins', () => {
  const strobe = blink(picture(black), picture(white), 8);
  expect(watched(20, (second) => (second < 12 ? picture(grey) : strobe(second)))).toBeCloseTo(12, 0);
});

it('lets flashing pass that is small, or in the highlights, or faint', () => {
  expect(watched(4, blink(picture(black), picture(white, 0.2), 8)), 'a fifth of the picture').toBeUndefined();
  expect(watched(4, blink(picture(black), picture(white, 0.3), 8)), 'more than a quarter').toBeDefined();
  expect(watched(4, blink(picture(light), picture(white), 8)), 'the darker is brighter than 0.80').toBeUndefined();
  expect(watched(4, blink(picture(grey), picture([100, 100, 100]), 8)), 'less than a tenth').toBeUndefined();
});

it('counts a fade as one change, however many pictures it takes', () => {
  const fade = (second: number) => picture(Array.from({ length: 3 }, () => Math.round(127.5 - 127.5 * Math.cos(2 * Math.PI * second))) as unknown as Colour);
  expect(watched(10, fade)).toBeUndefined();
});

it('refuses a saturated red that blinks, though its light changes little', () => {
  const dim: Colour = [105, 0, 0];
  expect(watched(4, blink(picture(black), picture(dim), 5))).toBeDefined();
  expect(watched(4, blink(picture(black), picture([0, 60, 0]), 5)), 'a green of about the same light').toBeUndefined();
});

it('does not take a cut every second for flashing', () => {
  const cuts = [picture(black), picture(white), picture(red), picture(grey)];
  expect(watched(20, (second) => cuts[Math.floor(second) % cuts.length] ?? picture(black))).toBeUndefined();
});
