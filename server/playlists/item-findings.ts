// What the legibility engine says of a playlist on the screens that would play it, each finding once with the screens it is about.
import type { ItemFinding } from '../../core/api.ts';
import { check } from '../../core/legibility.ts';
import { codeOf } from '../../core/links.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Channel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { screensOfChannels, type Screen } from '../screens/screen-store.ts';
import { readRevision } from './playlist-store.ts';

/** Errors first. A revision that nobody plays has none. */
export async function itemFindings(db: Queries, playlist: string, revision: number, channels: readonly Channel[]): Promise<ItemFinding[]> {
  const ids = channels.map(({ id }) => id);
  return findingsOn(
    db,
    playlist,
    revision,
    (await screensOfChannels(db, ids)).filter(({ state }) => state === 'active'),
  );
}

/** What is said of a revision on these screens. */
export async function findingsOn(
  db: Queries,
  playlist: string,
  revision: number,
  screens: readonly Pick<Screen, 'name' | 'number' | 'profile'>[],
): Promise<ItemFinding[]> {
  const draft = await readRevision(db, playlist, revision);
  const campaign = await currentCampaign(db);
  if (!draft || !campaign) return [];
  const found = new Map<string, ItemFinding>();
  /** Screens of one profile, with codes of one length, are all alike. */
  const alike = new Map<string, ReturnType<typeof check>>();
  for (const { number, name: screen, profile } of screens) {
    const kind = JSON.stringify(profile);
    for (const { id, name, number: item, scene, props, seconds } of draft.items.filter(({ enabled }) => enabled)) {
      const code = scene === 'install' ? codeOf(campaign, { owner: number, item }) : undefined;
      const like = `${id} ${code?.length} ${kind}`;
      const findings = alike.get(like) ?? check(profile, { scene, props, seconds, code, tree: campaign.tree });
      alike.set(like, findings);
      for (const finding of findings) {
        const key = [id, finding.rule, finding.measured, finding.text].join('\n');
        found.set(key, { ...finding, item: id, name, screens: [...(found.get(key)?.screens ?? []), screen] });
      }
    }
  }
  const all = [...found.values()];
  return [...all.filter(({ severity }) => severity === 'error'), ...all.filter(({ severity }) => severity === 'warning')];
}
