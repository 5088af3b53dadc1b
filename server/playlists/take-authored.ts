// Takes an authored playlist: keeps its assets as media, numbers its items, saves it as the next revision.
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { assetsOf, type AuthoredPlaylist, type PlaylistProblem } from '../../core/playlist.ts';
import type { ManifestFile } from '../../core/manifest.ts';
import { mediaTypes } from '../../core/media-types.ts';
import { keepBytes } from '../media/media-files.ts';
import { putMedia } from '../media/media-store.ts';
import type { Queries } from '../database/open-database.ts';
import { draftOf, type Draft } from './draft.ts';
import { numberItems } from './playlist-store.ts';

export type KeptAssets = { ok: true; files: ReadonlyMap<string, ManifestFile> } | { ok: false; problems: PlaylistProblem[] };

/** Copies the assets that a playlist names into the media folder; names those that are missing, and where. */
export async function keepAssets(playlist: AuthoredPlaylist, assetsDir: string, filesDir: string): Promise<KeptAssets> {
  const files = new Map<string, ManifestFile>();
  const problems: PlaylistProblem[] = [];
  for (const { asset, path } of assetsOf(playlist)) {
    const bytes = await readAsset(assetsDir, asset);
    if (bytes === undefined || bytes.length === 0) problems.push({ path, reason: `the asset "${asset}" ${bytes ? 'is empty' : 'does not exist'}` });
    else files.set(asset, { sha256: await keepBytes(filesDir, bytes), bytes: bytes.length, type: mediaTypes[extname(asset)] ?? 'application/octet-stream' });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files };
}

async function readAsset(assetsDir: string, asset: string): Promise<Uint8Array | undefined> {
  const path = resolve(join(assetsDir, asset));
  if (!path.startsWith(resolve(assetsDir) + sep)) return undefined;
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** The draft of an authored playlist whose assets are kept. Runs inside a transaction. */
export async function makeDraft(db: Queries, playlist: AuthoredPlaylist, files: ReadonlyMap<string, ManifestFile>, now: number): Promise<Draft> {
  for (const file of files.values()) await putMedia(db, file, now);
  const numbers = await numberItems(
    db,
    playlist.id,
    playlist.items.map(({ id }) => id),
    now,
  );
  const hashOf = (asset: string) => required(files.get(asset), `asset ${asset}`).sha256;
  return draftOf(playlist, hashOf, (item) => required(numbers.get(item), `number of ${item}`));
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} was not prepared`);
  return value;
}
