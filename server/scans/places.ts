// All places where a code stands: the items with a code on each screen, and paper.
import type { PaperKind } from '../../core/scan-api.ts';
import type { Placement } from '../../core/links.ts';
import type { Unit } from '../../core/units.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { findPlaylist, readRevision } from '../playlists/playlist-store.ts';
import { listScreens } from '../screens/screen-store.ts';
import { listPaper } from './placement-store.ts';

export interface Place extends Placement {
  readonly kind: 'screen' | PaperKind;
  readonly name: string;
  /** Of a screen's item while it is published; null for one that is not, and for paper. */
  readonly itemName: string | null;
  readonly place: string;
  readonly unit: Unit | null;
  readonly endedAt: number | null;
}

/** The scene that carries a code. */
const codedScene = 'install';

/** Items with a code that a playlist's screens are to show now, by number. */
async function codedItems(db: Queries, playlist: string): Promise<Map<number, string>> {
  const revision = (await findPlaylist(db, playlist))?.published_revision;
  const draft = revision === null || revision === undefined ? undefined : await readRevision(db, playlist, revision);
  return new Map((draft?.items ?? []).filter(({ scene, enabled }) => scene === codedScene && enabled).map(({ number, name }) => [number, name]));
}

/** Placements of screens that were opened at any time: an item that is no longer published has its history. */
async function openedOnScreens(db: Queries): Promise<Placement[]> {
  const kept = await db.selectFrom('scans').innerJoin('screens', 'screens.number', 'scans.owner').select(['scans.owner', 'scans.item']).distinct().execute();
  const gone = db.selectFrom('scan_hours').innerJoin('screens', 'screens.number', 'scan_hours.owner').select(['scan_hours.owner', 'scan_hours.item']);
  return [...kept, ...(await gone.distinct().execute())];
}

export async function placesOf(db: Queries): Promise<Place[]> {
  const units = new Map((await db.selectFrom('units').select(['code', 'kind', 'name']).execute()).map((unit) => [unit.code, unit]));
  const unitOf = (code: string | null) => (code === null ? null : (units.get(code) ?? null));
  const byPlaylist = new Map<string, Map<number, string>>();
  const layers = new Map((await listChannels(db)).map((channel) => [channel.id, channel.layers.map(({ playlist }) => playlist)]));
  for (const playlist of new Set([...layers.values()].flat())) byPlaylist.set(playlist, await codedItems(db, playlist));
  const opened = await openedOnScreens(db);
  const onScreens = (await listScreens(db)).flatMap(({ number, name, place, unit, channel, state }) => {
    const items = new Map<number, string | null>(
      state === 'active' ? (layers.get(channel) ?? []).flatMap((playlist) => [...(byPlaylist.get(playlist) ?? [])]) : [],
    );
    for (const { owner, item } of opened) if (owner === number && !items.has(item)) items.set(item, null);
    return [...items].map(([item, itemName]): Place => ({ owner: number, item, kind: 'screen', name, itemName, place, unit: unitOf(unit), endedAt: null }));
  });
  const onPaper = (await listPaper(db)).map(({ owner, kind, name, place, unit, ended_at }): Place => ({
    owner,
    item: 0,
    kind,
    name,
    itemName: null,
    place,
    unit: unitOf(unit),
    endedAt: ended_at,
  }));
  return [...onScreens, ...onPaper];
}
