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
  const coded = items.filter(({ scene }) => scene === 'install');
  /** Screens of one profile, with codes of one length, are all alike: the lists of names that such a one joins. Equal profiles are one object, as they were read. */
  const alike = new Map<Profile, Map<string, readonly string[][]>>();
  const listsOf = ({ id, name, scene, props, seconds }: (typeof items)[number], profile: Profile, code: string | undefined): string[][] =>
    check(profile, { scene, props, seconds, code, tree: campaign.tree }).map((finding) => {
      const key = [id, finding.rule, finding.measured, finding.text].join('\n');
      const known = found.get(key) ?? { ...finding, item: id, name, screens: [] };
      found.set(key, known);
      return known.screens;
    });
  for (const { number, name, profile } of screens) {
    const codes = new Map(coded.map((item) => [item, codeOf(campaign, { owner: number, item: item.number })]));
    const lengths = [...codes.values()].map((code) => code.length).join();
    const ofProfile = alike.get(profile) ?? new Map<string, readonly string[][]>();
    alike.set(profile, ofProfile);
    const lists = ofProfile.get(lengths) ?? [...new Set(items.flatMap((item) => listsOf(item, profile, codes.get(item))))];
    ofProfile.set(lengths, lists);
    for (const list of lists) list.push(name);
  }
  const all = [...found.values()];
  return [...all.filter(({ severity }) => severity === 'error'), ...all.filter(({ severity }) => severity === 'warning')];
}
