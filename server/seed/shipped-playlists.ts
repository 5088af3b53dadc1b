// The playlist files of a folder: read, checked, their assets kept. A bad file is named with path and reason; the others go on.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ManifestFile } from '../../core/manifest.ts';
import { readAuthoredPlaylist, type AuthoredPlaylist, type PlaylistProblem } from '../../core/playlist.ts';
import { slugSchema } from '../../core/primitives.ts';
import { sha256 } from '../keys/ed25519.ts';
import { keepAssets } from '../playlists/take-authored.ts';

/** Shipped inside every player; no channel plays it. */
const playersOwn = 'factory.json';

export type ShippedPlaylist = {
  /** Id of the playlist, after which the file is named. */
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
} & (
  | { readonly ok: true; readonly playlist: AuthoredPlaylist; readonly files: ReadonlyMap<string, ManifestFile> }
  | { readonly ok: false; readonly problems: readonly PlaylistProblem[] }
);

async function readOne(folder: string, file: string, assetsDir: string, filesDir: string): Promise<ShippedPlaylist> {
  const bytes = await readFile(join(folder, file));
  const id = basename(file, '.json');
  const about = { id, file, sha256: sha256(bytes) };
  const read = readAuthoredPlaylist(bytes.toString('utf8'));
  if (!read.ok) return { ...about, ok: false, problems: read.problems };
  if (read.playlist.id !== id) return { ...about, ok: false, problems: [{ path: 'id', reason: `expected "${id}", as the file is named` }] };
  if (!read.playlist.items.some(({ enabled }) => enabled)) return { ...about, ok: false, problems: [{ path: 'items', reason: 'no item is switched on' }] };
  const kept = await keepAssets(read.playlist, assetsDir, filesDir);
  return kept.ok ? { ...about, ok: true, playlist: read.playlist, files: kept.files } : { ...about, ok: false, problems: kept.problems };
}

export async function readShippedPlaylists(folder: string, assetsDir: string, filesDir: string): Promise<ShippedPlaylist[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== playersOwn).map(({ name }) => name);
  const shipped: ShippedPlaylist[] = [];
  for (const file of files.sort()) {
    if (slugSchema.safeParse(basename(file, '.json')).success) shipped.push(await readOne(folder, file, assetsDir, filesDir));
  }
  return shipped;
}

/** One line: "street.json, items[2].seconds: Too small" for each problem. */
export function problemText({ file }: Pick<ShippedPlaylist, 'file'>, problems: readonly PlaylistProblem[]): string {
  return problems.map(({ path, reason }) => `${file}${path === '' ? '' : `, ${path}`}: ${reason}`).join('; ');
}
