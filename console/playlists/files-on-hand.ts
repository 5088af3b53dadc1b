// The files that playlists use already, by what they are: what an item can show without an upload.
import type { PlaylistView } from '../../core/playlist-api.ts';
import { inLanguage, localTextSchema, sha256Schema } from '../../core/primitives.ts';
import type { FileKind } from './scene-fields.ts';

export interface FileOnHand {
  readonly sha256: string;
  /** What an item that shows it says about it. */
  readonly name: string;
}

const kinds: Readonly<Record<string, Readonly<Record<string, FileKind>>>> = {
  picture: { media: 'image' },
  video: { media: 'video', poster: 'image', captions: 'captions' },
};

export function filesOnHand(playlists: readonly PlaylistView[]): Readonly<Record<FileKind, readonly FileOnHand[]>> {
  const found: Record<FileKind, Map<string, FileOnHand>> = { image: new Map(), video: new Map(), captions: new Map() };
  for (const { scene, props, name } of playlists.flatMap(({ items }) => items)) {
    for (const [key, kind] of Object.entries(kinds[scene] ?? {})) {
      const sha256 = sha256Schema.safeParse(props[key]).data;
      if (sha256 === undefined || found[kind].has(sha256)) continue;
      const alt = localTextSchema.safeParse(props['alt']).data;
      found[kind].set(sha256, { sha256, name: alt ? inLanguage(alt, 'vi') : name });
    }
  }
  return { image: [...found.image.values()], video: [...found.video.values()], captions: [...found.captions.values()] };
}
