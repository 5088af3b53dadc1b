// Letter sizes: how tall capitals must be from where people stand, and what an LED can draw.
import type { Profile } from '../profile.ts';
import { rules } from './rules.ts';

/** Cap height of Be Vietnam Pro as a share of its font size. */
export const capHeightRatio = 0.7;

/** The rule that decides how tall letters must be on a screen. */
export function capRule(profile: Profile): 'capMmPerMTraffic' | 'capMmPerMLeisure' {
  return profile.audience === 'traffic' ? 'capMmPerMTraffic' : 'capMmPerMLeisure';
}

/** Least height of capitals in millimetres from a distance. */
export function minCapMm(profile: Profile, distanceM: number = profile.distanceM.near): number {
  return rules[capRule(profile)].figure * distanceM;
}

function fontPx(profile: Profile, distanceM: number, ledCapPx: number): number {
  const capPx = Math.max(minCapMm(profile, distanceM) / profile.pitchMm, profile.kind === 'led' ? ledCapPx : 0);
  return Math.ceil(capPx / capHeightRatio);
}

/** Font size in pixels whose capitals are tall enough from a distance; never under what an LED can draw. */
export function minFontPx(profile: Profile, distanceM: number = profile.distanceM.near): number {
  return fontPx(profile, distanceM, rules.minLedCapPx.figure);
}

/** Whether some letter carries two marks, as in "ặ" or "ố": such words need more pixels on an LED. */
export function hasStackedMarks(text: string): boolean {
  return /\p{M}{2}/u.test(text.normalize('NFD'));
}

/** As `minFontPx`, for known words: words without stacked marks may be smaller on an LED. */
export function minTextPx(profile: Profile, text: string, distanceM: number = profile.distanceM.near): number {
  return hasStackedMarks(text) ? minFontPx(profile, distanceM) : fontPx(profile, distanceM, rules.minPlainLedCapPx.figure);
}
