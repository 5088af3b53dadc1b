// A wall: one picture over several screens. Each draws the whole of it and shows its own part; what would lie behind the frames between them is drawn nowhere.
import { shapeOf, type Profile } from './profile.ts';

export interface WallCanvas {
  /** The whole picture as if one screen showed it: what compositions, letters and rules go by. */
  readonly profile: Profile;
  /** Where this screen's part begins in it, pixels. */
  readonly x: number;
  readonly y: number;
}

/** The whole picture of which a screen shows a part; itself where it stands alone. */
export function wallCanvas(profile: Profile): WallCanvas {
  const { wall, pitchMm, viewport } = profile;
  if (!wall) return { profile, x: 0, y: 0 };
  const { columns, rows, column, row, gapMm } = wall;
  const gap = Math.round(gapMm / pitchMm);
  const across = viewport.width + gap;
  const down = viewport.height + gap;
  const size = { width: (columns - 1) * across + viewport.width, height: (rows - 1) * down + viewport.height };
  return { profile: { ...profile, wall: undefined, viewport: { x: 0, y: 0, ...size } }, x: (column - 1) * across, y: (row - 1) * down };
}

/** Whether the frames of a wall may cut the card of a code. A strip of one row has it at its end, on one screen; elsewhere it may stand anywhere. */
export function mayCutCode(profile: Profile): boolean {
  const { wall } = profile;
  if (!wall || wall.columns * wall.rows === 1) return false;
  return wall.rows > 1 || shapeOf(wallCanvas(profile).profile) !== 'strip';
}
