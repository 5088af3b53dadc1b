// What the legibility engine says of an item while it is being written, on the screens that would play it; and how much there is to read for the time.
import type { ItemFinding } from '../../core/playlist-api.ts';
import type { Campaign } from '../../core/campaign.ts';
import { check } from '../../core/legibility.ts';
import { measure, type Turn } from '../../core/legibility/measures.ts';
import { rules } from '../../core/legibility/rules.ts';
import { codeOf } from '../../core/links.ts';
import type { SentItem } from '../../core/playlist-draft.ts';
import type { Profile } from '../../core/profile.ts';
import { readScene } from '../../core/scenes.ts';

/** A screen that would play the item, or one as such screens usually are. */
export interface Wall {
  readonly name: string;
  readonly number: number;
  readonly profile: Profile;
}

type Written = Pick<SentItem, 'id' | 'name' | 'scene' | 'props' | 'seconds'>;

/** What the code of an item would say on a screen; a new item has no number yet, which makes the code no longer. */
export function codeOn(campaign: Campaign | undefined, { scene }: Pick<SentItem, 'scene'>, owner: number, item: number | undefined): string | undefined {
  return campaign && scene === 'install' ? codeOf(campaign, { owner, item: item ?? 0 }) : undefined;
}

function turnOn({ scene, props, seconds }: Written, code: string | undefined, tree: string | undefined): Turn {
  return { scene, props, seconds, code, tree };
}

/** Errors first; nothing for words that are not there yet. */
export function findingsOf(item: Written, walls: readonly Wall[], campaign: Campaign | undefined, number: number | undefined): ItemFinding[] {
  if (!readScene(item.scene, item.props) || !(item.seconds > 0)) return [];
  const found = new Map<string, ItemFinding>();
  for (const { name: screen, number: owner, profile } of walls) {
    for (const finding of check(profile, turnOn(item, codeOn(campaign, item, owner, number), campaign?.tree))) {
      const key = [finding.rule, finding.measured, finding.text].join('\n');
      found.set(key, { ...finding, item: item.id, name: item.name, screens: [...(found.get(key)?.screens ?? []), screen] });
    }
  }
  const all = [...found.values()];
  return [...all.filter(({ severity }) => severity === 'error'), ...all.filter(({ severity }) => severity === 'warning')];
}

export interface Reading {
  readonly syllables: number;
  /** How many can be read in these seconds where it is hardest. */
  readonly most: number;
}

/** `undefined` for what has no words to read. */
export function readingOf(item: Written, walls: readonly Wall[]): Reading | undefined {
  const readings = walls.flatMap(({ profile }): Reading[] => {
    const { syllables } = measure(profile, turnOn(item, undefined, undefined));
    if (syllables === undefined || syllables === 0) return [];
    const traffic = profile.audience === 'traffic';
    const inTime = Math.floor(item.seconds * (traffic ? rules.syllablesPerSecondTraffic : rules.syllablesPerSecondWaiting).figure);
    return [{ syllables, most: traffic ? Math.min(inTime, rules.maxTrafficSyllables.figure) : inTime }];
  });
  return readings.sort((a, b) => b.syllables / b.most - a.syllables / a.most)[0];
}
