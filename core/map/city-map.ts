// The shapes of a tree's units, where there are some: what the map of the scoreboard draws, joined to figures by the unit's code.
import type { Profile } from '../profile.ts';
import { isFlat, shapeOf } from '../profile.ts';
import communes from './hanoi-communes-2025.json' with { type: 'json' };

export interface UnitShape {
  /** Outline as an SVG path, north up, on the grid of the map. */
  readonly path: string;
  /** The point that is farthest from its border. */
  readonly at: readonly number[];
}

export interface CityMap {
  readonly width: number;
  readonly height: number;
  /** Centre and radius of where the smallest units crowd; drawn a second time, larger. */
  readonly crowd: readonly number[];
  /** By the unit's code. */
  readonly units: Readonly<Record<string, UnitShape>>;
}

const maps: Readonly<Record<string, CityMap>> = { 'hanoi-communes-2025': communes };

/** `undefined` where a tree has no shapes. */
export function cityMapOf(tree: string): CityMap | undefined {
  return Object.hasOwn(maps, tree) ? maps[tree] : undefined;
}

/** Whether a screen can show a hundred units so that people tell them apart: in a room, on fine pixels, neither strip nor square. */
export function hasRoomForMap(profile: Profile): boolean {
  return profile.audience === 'indoor' && !isFlat(profile) && ['landscape', 'portrait', 'kiosk'].includes(shapeOf(profile));
}

export type NoMapReason = 'mapShapes' | 'mapRoom';

/** Why an item that is a map cannot be one here; `undefined` for any other item, and where it can. Without a tree only the screen is judged. */
export function whyNoMap(profile: Profile, { scene, props }: { readonly scene: string; readonly props: unknown }, tree?: string): NoMapReason | undefined {
  const isMap = scene === 'scoreboard' && typeof props === 'object' && props !== null && 'view' in props && props.view === 'map';
  if (!isMap) return undefined;
  if (!hasRoomForMap(profile)) return 'mapRoom';
  return tree === undefined || cityMapOf(tree) ? undefined : 'mapShapes';
}
