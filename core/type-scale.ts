// Letter sizes of a screen, from its legibility figures: the least allowed, what reads from the middle, what reads from the back.
import { minFontPx, minTextPx } from './legibility/letters.ts';
import type { Profile } from './profile.ts';

export interface TypeScale {
  /** Under this nothing is drawn. */
  readonly least: number;
  /** The same for words without stacked marks. */
  readonly leastPlain: number;
  /** Lines that accompany, such as sources and notes. */
  readonly small: number;
  /** What people read at their usual distance. */
  readonly body: number;
  /** What has to be read from the back. */
  readonly far: number;
  /** Space to the edge. */
  readonly pad: number;
}

/** A designer's floor: on fine pixels the legibility minimum alone would be tiny. */
const floorShare = { led: 0, lcd: 1 / 40, kiosk: 1 / 38 } as const;

export function scaleFor(profile: Profile): TypeScale {
  const { width, height } = profile.viewport;
  const { near, far } = profile.distanceM;
  const side = Math.min(width, height);
  const floor = Math.round(side * floorShare[profile.kind]);
  const least = minFontPx(profile);
  const middle = minFontPx(profile, Math.sqrt(near * far));
  // A panel too small for its own distance still shows something: never more than a seventh of its height.
  const cap = Math.max(least, Math.floor(height / 7));
  const within = (size: number, floors: number) => Math.min(Math.max(size, Math.round(floor * floors), least), cap);
  return {
    least,
    leastPlain: minTextPx(profile, 'a'),
    small: profile.kind === 'led' ? least : within(Math.round(middle * 0.92), 1),
    body: within(Math.round(middle * 1.1), 1.22),
    far: within(minFontPx(profile, far), 1.5),
    pad: profile.kind === 'led' ? Math.max(6, Math.round(side * 0.05)) : Math.round(side * 0.075),
  };
}

/** Whether a screen has room for one column of a few letters only, as a pole has. */
export function isNarrow({ viewport }: Profile, { least }: TypeScale): boolean {
  return viewport.width < 14 * least;
}
