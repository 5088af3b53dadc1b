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

/** A part of the picture's width or height: from a pixel up to another. */
export type Span = readonly [from: number, until: number];

/** What of the whole picture lies behind frames: columns of it between screens side by side, rows between those above each other. */
export function wallFrames(profile: Profile): { readonly across: readonly Span[]; readonly down: readonly Span[] } {
  const { wall, pitchMm, viewport } = profile;
  if (!wall) return { across: [], down: [] };
  const gap = Math.round(wall.gapMm / pitchMm);
  const between = (screens: number, px: number) =>
    gap === 0 ? [] : Array.from({ length: screens - 1 }, (_, index): Span => [(index + 1) * px + index * gap, (index + 1) * (px + gap)]);
  return { across: between(wall.columns, viewport.width), down: between(wall.rows, viewport.height) };
}

/** Where words are sooner begun than in the largest part. */
const nearlyAsLarge = 0.85;

/** The part of a span that no frame crosses and that words have the most room in: the first of those nearly as large as the largest. */
export function clearOfFrames([from, until]: Span, frames: readonly Span[]): Span {
  const crossing = frames.filter(([start, end]) => start < until && end > from);
  const starts = [from, ...crossing.map(([, end]) => end)];
  const parts = starts.map((start, index): Span => [start, crossing[index]?.[0] ?? until]);
  const largest = Math.max(...parts.map(([start, end]) => end - start));
  return parts.find(([start, end]) => end - start >= largest * nearlyAsLarge) ?? [from, until];
}

/** Whether the frames of a wall may cut the card of a code. A strip of one row has it at its end, on one screen; elsewhere it may stand anywhere. */
export function mayCutCode(profile: Profile): boolean {
  const { wall } = profile;
  if (!wall || wall.columns * wall.rows === 1) return false;
  return wall.rows > 1 || shapeOf(wallCanvas(profile).profile) !== 'strip';
}
