// Playlists for a test: the shipped ones, shortened or cut down, in a folder of their own.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { authoredPlaylistSchema } from '../../core/playlist.ts';
import { root } from './children.ts';

type Authored = z.input<typeof authoredPlaylistSchema>;

/** A copy of the shipped playlists below `folder`, each changed by `change`. */
export function playlistsWith(folder: string, change: (playlist: Authored) => Authored): string {
  const target = join(folder, 'playlists');
  mkdirSync(target, { recursive: true });
  cpSync(join(root, 'playlists'), target, { recursive: true });
  for (const name of ['street', 'reception', 'kiosk']) {
    const path = join(target, `${name}.json`);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Authored)));
  }
  return target;
}

/** One item of each scene, `seconds` each, at any hour. */
export function tour(seconds: number): (playlist: Authored) => Authored {
  return (playlist) => {
    const scenes = new Set<string>();
    const first = playlist.items.filter(({ scene }) => !scenes.has(scene) && scenes.add(scene));
    return { ...playlist, items: first.map((item) => ({ ...item, seconds, weight: 1, windows: [] })) };
  };
}

/** Only one scoreboard item; in turns so short that each shows the first page alone, at any time of day. */
export function firstPageOnly(playlist: Authored): Authored {
  const { items, ...rest } = boardOnly(playlist);
  return { ...rest, items: items.map((item) => ({ ...item, seconds: 9 })) };
}

/** Only one scoreboard item, for as long as a test needs. */
export function boardOnly(playlist: Authored): Authored {
  return {
    ...playlist,
    items: playlist.items
      .filter(({ scene }) => scene === 'scoreboard')
      .slice(0, 1)
      .map((item) => ({ ...item, seconds: 3_600, windows: [] })),
  };
}
