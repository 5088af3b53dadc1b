// What the legibility engine says of a playlist on the screens that would play it, each finding once with the screens it is about.
import type { ItemFinding } from '../../core/playlist-api.ts';
import { check } from '../../core/legibility.ts';
import { codeOf } from '../../core/links.ts';
import type { Profile } from '../../core/profile.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Screen } from '../screens/screen-store.ts';
import { readRevision } from './playlist-store.ts';

/** What is said of a revision on these screens, errors first. One that nobody plays has none. */
export async function findingsOn(
  db: Queries,
  playlist: string,
  revision: number,
  screens: readonly Pick<Screen, 'name' | 'number' | 'profile'>[],
): Promise<ItemFinding[]> {
  const draft = await readRevision(db, playlist, revision);
  const campaign = await currentCampaign(db);
  if (!draft || !campaign) return [];
  const items = draft.items.filter(({ enabled }) => enabled);
  const found = new Map<string, ItemFinding & { readonly screens: string[] }>();
  /** Screens of one profile are all alike, since their codes differ in digits only: the lists of names that such a one joins. Equal profiles are one object, as they were read. */
  const alike = new Map<Profile, readonly string[][]>();
  const listsOf = ({ id, name, number, scene, props, seconds }: (typeof items)[number], profile: Profile, owner: number): string[][] => {
    const code = scene === 'install' ? codeOf(campaign, { owner, item: number }) : undefined;
    return check(profile, { scene, props, seconds, code, tree: campaign.tree }).map((finding) => {
      const key = [id, finding.rule, finding.measured, finding.text].join('\n');
      const known = found.get(key) ?? { ...finding, item: id, name, screens: [] };
      found.set(key, known);
      return known.screens;
    });
  };
  for (const { number, name, profile } of screens) {
    const lists = alike.get(profile) ?? [...new Set(items.flatMap((item) => listsOf(item, profile, number)))];
    alike.set(profile, lists);
    for (const list of lists) list.push(name);
  }
  const all = [...found.values()];
  return [...all.filter(({ severity }) => severity === 'error'), ...all.filter(({ severity }) => severity === 'warning')];
}
