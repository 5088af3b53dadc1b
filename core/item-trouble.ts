// Why an item of a manifest is not what a screen shows at an instant: the one rule that holds it back, or that it only waits for its turn.
import { boardTrouble, boardTroubles } from './board-trouble.ts';
import { keptFromTraffic } from './legibility/roadside.ts';
import type { Campaign } from './campaign.ts';
import { whyNoMap } from './map/city-map.ts';
import { contentOf, type Item } from './playlist.ts';
import type { Profile } from './profile.ts';
import { isActive } from './schedule.ts';
import { nextActive } from './next-active.ts';
import type { Snapshot } from './snapshot.ts';
import { wallCanvas } from './wall.ts';

/** `later`: outside its hours or before its first day; `ended`: it never comes again. */
export const itemTroubles = ['later', 'ended', 'unknown-scene', 'trafficMotion', 'trafficPages', 'mapShapes', 'mapRoom', ...boardTroubles, 'no-link'] as const;
export type ItemTrouble = (typeof itemTroubles)[number];

export interface Place {
  readonly profile: Profile;
  readonly trial: boolean;
  readonly campaign: Campaign;
  /** The figures that the screen has then. */
  readonly snapshot: Snapshot | undefined;
}

/** What keeps an item off one screen whatever the hour, and what figures or links it lacks then. */
export function blockOf(item: Item, { profile, trial, campaign, snapshot }: Place, instant: number): Exclude<ItemTrouble, 'later' | 'ended'> | undefined {
  if (!contentOf(item)) return 'unknown-scene';
  const kept = keptFromTraffic(profile, item.scene) ?? whyNoMap(wallCanvas(profile).profile, item, campaign.tree);
  if (kept) return kept;
  if (item.scene === 'scoreboard') return boardTrouble(snapshot, campaign, trial, instant);
  if (item.scene === 'install' && campaign.scanHost === undefined && campaign.links.web.url === '') return 'no-link';
  return undefined;
}

export interface Held {
  readonly trouble: ItemTrouble;
  /** When its windows hold next. */
  readonly nextAt?: number;
}

/** The schedule speaks first: what is not planned needs no other reason. `undefined` where it is planned and may be shown. */
export function whyHeld(item: Item, place: Place, instant: number): Held | undefined {
  const { zone } = place.campaign;
  if (!isActive(item.windows, instant, zone)) {
    const nextAt = nextActive(item.windows, instant, zone);
    return nextAt === undefined ? { trouble: 'ended' } : { trouble: 'later', nextAt };
  }
  const trouble = blockOf(item, place, instant);
  return trouble && { trouble };
}
