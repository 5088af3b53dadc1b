// What ships with the product, read for pictures and page tests: campaign, units, playlists, sample figures.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { calendarMonth, campaignSchema, type Campaign } from '../../core/campaign.ts';
import type { Board } from '../../core/plan.ts';
import { publishedProps, readAuthoredPlaylist, type AuthoredPlaylist } from '../../core/playlist.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Unit } from '../../core/units.ts';

const shipped = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const rowsOf = (path: string): Record<string, string>[] => parse(readFileSync(shipped(path), 'utf8'), { columns: true, bom: true, skip_empty_lines: true });

export type Tree = 'hanoi-districts' | 'hanoi-communes-2025';

export function shippedUnits(tree: Tree): Unit[] {
  const level = tree === 'hanoi-districts' ? 'district' : 'commune';
  return rowsOf('assets/units/hanoi-units.csv')
    .filter((row) => row['level'] === level)
    .map(({ code = '', kind = '', name = '' }) => ({ code, kind, name }));
}

/** The trial's campaign, in the calendar month of an instant. */
export function shippedCampaign(tree: Tree, now: number): Campaign {
  const campaign = campaignSchema.parse(JSON.parse(readFileSync(shipped('playlists/campaigns/plan-311.json'), 'utf8')));
  return { ...campaign, tree, trial: true, period: calendarMonth(now, campaign.zone) };
}

export function shippedPlaylist(name: string): AuthoredPlaylist {
  const read = readAuthoredPlaylist(readFileSync(shipped(`playlists/${name}.json`), 'utf8'));
  if (!read.ok) throw new Error(`playlists/${name}.json: ${read.problems.map(({ path, reason }) => `${path} ${reason}`).join('; ')}`);
  return read.playlist;
}

export const pictures = (): string[] =>
  readdirSync(shipped('assets/pictures'))
    .map((file) => `pictures/${file}`)
    .sort();

export function hashOf(file: string | URL): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

export function hashOfAsset(asset: string): string {
  return hashOf(shipped(`assets/${asset}`));
}

/** The items of a playlist as a plan carries them, with the picture files by hash. */
export function planItems(playlist: AuthoredPlaylist, code: string) {
  const media: Record<string, string> = {};
  const hash = (asset: string) => {
    const sha256 = hashOfAsset(asset);
    media[sha256] = `media/${asset}`;
    return sha256;
  };
  const items = Object.fromEntries(
    playlist.items.map((item) => [item.id, { scene: item.scene, props: publishedProps(item, hash), code: item.scene === 'install' ? code : undefined }]),
  );
  return { items, media };
}

/** The sample figures, and the ones before, closed an hour before an instant. */
export function shippedBoard(campaign: Campaign, tree: Tree, now: number, final = false): Board {
  const rows = rowsOf(`assets/samples/scoreboard-${tree}.csv`);
  const hour = 3_600_000;
  const snapshot = (column: string, number: number, cutOff: number): Snapshot => ({
    campaign: campaign.id,
    tree,
    number,
    measure: campaign.measure,
    denominator: campaign.denominator,
    source: campaign.source,
    rankBy: campaign.rankBy,
    asOf: cutOff,
    cutOff,
    issuedAt: cutOff,
    sample: true,
    rows: rows.map((row) => ({
      unit: row['code'] ?? '',
      count: Number(row[column]),
      base: row['base'] ? Number(row['base']) : null,
      ...(row['target'] ? { target: Number(row['target']) } : {}),
    })),
  });
  return { snapshot: { ...snapshot('count', 2, now - hour), ...(final ? { final: true } : {}) }, previous: snapshot('previous', 1, now - 24 * hour) };
}
