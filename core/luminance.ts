// How bright an outdoor screen may be by sun and hour. Indoors the room is lit and nothing dims.
import { Temporal } from 'temporal-polyfill';
import { roadside } from './legibility/roadside.ts';
import { rules } from './legibility/rules.ts';
import type { Profile } from './profile.ts';
import { sunElevation } from './sun.ts';

/** The sun's elevations between which a screen goes from day to night: full above, night below. */
const fullDayDegrees = 6;
const fullNightDegrees = -6;
/** From here to there the streets sleep and the stricter figure holds. */
const late = { fromHour: 23, untilHour: 5 } as const;

const usualPeakCdM2 = {
  led: { outdoors: roadside.dayCdM2, indoors: 1_000 },
  lcd: { outdoors: 700, indoors: 400 },
  kiosk: { outdoors: 500, indoors: 350 },
} as const;

export function peakCdM2(profile: Profile): number {
  return profile.peakCdM2 ?? usualPeakCdM2[profile.kind][profile.audience === 'indoor' ? 'indoors' : 'outdoors'];
}

/** Shares of the light at full drive, 0 to 1. */
export interface Luminance {
  readonly level: number;
  /** For the cards of codes, which a camera has to read between the rows that an LED draws. */
  readonly codeLevel: number;
}

/** What the whole screen should give at an instant, whoever dims it. */
export function luminanceAt(profile: Profile, instant: number, zone: string): number {
  if (profile.audience === 'indoor') return 1;
  const peak = peakCdM2(profile);
  const day = Math.min(1, roadside.dayCdM2 / peak);
  const night = Math.min(day, (isLate(instant, zone) ? roadside.lateCdM2 : roadside.nightCdM2) / peak);
  const dark = Math.min(1, Math.max(0, (fullDayDegrees - sunElevation(instant)) / (fullDayDegrees - fullNightDegrees)));
  // Eyes follow ratios: equal steps of time are equal ratios of light.
  return day * (night / day) ** dark;
}

/** The least of any hour. */
export function darkestLuminance(profile: Profile): number {
  return profile.audience === 'indoor' ? 1 : Math.min(1, roadside.lateCdM2 / peakCdM2(profile));
}

/** What the stage does about it in its picture: nothing unless the profile says that the picture dims, for a wall that dims itself would be dimmed twice. */
export function pictureLuminance(profile: Profile, instant: number, zone: string): Luminance {
  return withCards(profile.dimmedBy === 'picture' ? luminanceAt(profile, instant, zone) : 1);
}

/** The picture on an evening, for a screen of which nothing else is known. */
export function eveningPicture(profile: Profile): Luminance {
  return withCards(profile.audience === 'indoor' || profile.dimmedBy === 'controller' ? 1 : Math.min(1, roadside.nightCdM2 / peakCdM2(profile)));
}

function withCards(level: number): Luminance {
  return { level, codeLevel: Math.max(level, lightOf(rules.codeCardBrightness.figure)) };
}

const gamma = 2.2;

/** The value by which sRGB bytes are multiplied so that their light is multiplied by a share. */
export function valueOf(share: number): number {
  return share ** (1 / gamma);
}

function lightOf(value: number): number {
  return value ** gamma;
}

function isLate(instant: number, zone: string): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return hour >= late.fromHour || hour < late.untilHour;
}
