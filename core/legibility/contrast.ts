// Contrast of two colours: WCAG's ratio, and APCA's perceptual lightness contrast (0.1.9, constants 98G-4g).

type Rgb = readonly [number, number, number];

/** "#rgb" or "#rrggbb" as bytes. @throws Error for anything else */
export function rgbOf(hex: string): Rgb {
  const match = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(hex);
  if (!match) throw new Error(`expected a colour such as #1b0709, not ${hex}`);
  const digits = match[2] ?? [...(match[1] ?? '')].map((digit) => digit + digit).join('');
  const channel = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of sRGB bytes, 0 black to 1 white. */
export function relativeLuminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG contrast ratio of two relative luminances, 1 to 21, the same both ways round. */
export function luminanceRatio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** The same of two colours. */
export function contrastRatio(one: string, other: string): number {
  return luminanceRatio(relativeLuminance(rgbOf(one)), relativeLuminance(rgbOf(other)));
}

const blackThreshold = 0.022;
const blackClamp = 1.414;
const scale = 1.14;
const offset = 0.027;
const leastDifference = 0.0005;
const lowClip = 0.1;

function screenLuminance([red, green, blue]: Rgb): number {
  const sum = 0.2126729 * (red / 255) ** 2.4 + 0.7151522 * (green / 255) ** 2.4 + 0.072175 * (blue / 255) ** 2.4;
  return sum > blackThreshold ? sum : sum + (blackThreshold - sum) ** blackClamp;
}

/** APCA's Lc of words on a ground: positive for dark on light, negative for light on dark; 0 when too close to tell. */
export function lightnessContrast(text: string, ground: string): number {
  const words = screenLuminance(rgbOf(text));
  const behind = screenLuminance(rgbOf(ground));
  if (Math.abs(behind - words) < leastDifference) return 0;
  const darkOnLight = behind > words;
  const difference = scale * (darkOnLight ? behind ** 0.56 - words ** 0.57 : behind ** 0.65 - words ** 0.62);
  if (Math.abs(difference) < lowClip) return 0;
  return 100 * (difference - Math.sign(difference) * offset);
}
