// Takes shipped playlists that are new or have changed, unless staff have edited them; remembers why one was not taken.
import type { Queries } from '../database/open-database.ts';
import { ensurePlaylist, findPlaylist, markFile, saveRevision } from '../playlists/playlist-store.ts';
import { makeDraft } from '../playlists/take-authored.ts';
import { problemText, type ShippedPlaylist } from './shipped-playlists.ts';

export interface SeededPlaylists {
  /** Playlists with a new revision to publish. */
  readonly taken: string[];
  /** What was refused: file, path in it, reason. */
  readonly problems: string[];
}

async function take(db: Queries, shipped: Extract<ShippedPlaylist, { ok: true }>, now: number): Promise<boolean> {
  const { id, playlist, files } = shipped;
  await ensurePlaylist(db, playlist);
  const row = await findPlaylist(db, id);
  if (!row || row.edited_by_staff === 1 || (row.file_sha256 === shipped.sha256 && row.problem === null)) return false;
  const draft = await makeDraft(db, playlist, files, now);
  await saveRevision(db, id, row.revision, draft, { by: 'server', at: now });
  await markFile(db, id, shipped.sha256, null);
  return true;
}

export async function seedPlaylists(db: Queries, shipped: readonly ShippedPlaylist[], now: number): Promise<SeededPlaylists> {
  const taken: string[] = [];
  const problems: string[] = [];
  for (const each of shipped) {
    if (each.ok) {
      if (await take(db, each, now)) taken.push(each.id);
      continue;
    }
    const problem = problemText(each, each.problems);
    problems.push(problem);
    await ensurePlaylist(db, { id: each.id, name: each.id, kind: 'lcd' });
    await markFile(db, each.id, each.sha256, problem);
  }
  return { taken, problems };
}
