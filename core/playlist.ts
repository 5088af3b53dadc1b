// Playlists: as people write them in files (strict), and as a manifest carries them (tolerant).
import { z } from 'zod';
import { slugSchema } from './primitives.ts';
import { authoredScenePropsSchemas, mediaOf, readScene, type SceneContent } from './scenes.ts';
import { holidayRuleSchema } from './holidays.ts';
import { maxWindows, phases, windowSchema } from './schedule.ts';
import { screenKinds } from './profile.ts';

const timing = {
  /** How long one turn lasts, seconds. */
  seconds: z.number().min(1).max(3_600),
  /** How often it is shown among the items of its playlist. */
  weight: z.int().min(1).max(100).default(1),
  windows: z.array(windowSchema).max(maxWindows).default([]),
  /** Parts of the campaign in which it runs; they become dates when it is published. */
  phases: z.array(z.literal(phases)).max(phases.length).optional(),
  /** Only on some holidays, or not on them; they too become dates when it is published. */
  holidays: holidayRuleSchema.optional(),
};

/** Highest item number a scan code can hold (20 bits); 0 means none. */
export const maxItemNumber = 2 ** 20 - 1;

/** One entry of a playlist as it travels: the scene stays open, so that an unknown one spoils only its item. */
export const itemSchema = z.object({
  id: slugSchema,
  number: z.int().min(0).max(maxItemNumber),
  name: z.string().min(1).max(200),
  scene: z.string().min(1).max(40),
  props: z.record(z.string(), z.unknown()),
  ...timing,
});
export type Item = z.infer<typeof itemSchema>;

export const maxItems = 500;

export const playlistSchema = z.object({
  id: slugSchema,
  name: z.string().min(1).max(200),
  items: z.array(itemSchema).max(maxItems),
});
export type Playlist = z.infer<typeof playlistSchema>;

export const authoredShape = {
  id: slugSchema,
  name: z.string().min(1).max(200),
  /** A switched-off item stays in the playlist and is left out of the manifest. */
  enabled: z.boolean().default(true),
  ...timing,
};

const authoredItemSchema = z.discriminatedUnion('scene', [
  z.strictObject({ ...authoredShape, scene: z.literal('install'), props: authoredScenePropsSchemas.install }),
  z.strictObject({ ...authoredShape, scene: z.literal('scoreboard'), props: authoredScenePropsSchemas.scoreboard }),
  z.strictObject({ ...authoredShape, scene: z.literal('picture'), props: authoredScenePropsSchemas.picture }),
  z.strictObject({ ...authoredShape, scene: z.literal('video'), props: authoredScenePropsSchemas.video }),
  z.strictObject({ ...authoredShape, scene: z.literal('message'), props: authoredScenePropsSchemas.message }),
  z.strictObject({ ...authoredShape, scene: z.literal('motto'), props: authoredScenePropsSchemas.motto }),
  z.strictObject({ ...authoredShape, scene: z.literal('story'), props: authoredScenePropsSchemas.story }),
  z.strictObject({ ...authoredShape, scene: z.literal('countdown'), props: authoredScenePropsSchemas.countdown }),
  z.strictObject({ ...authoredShape, scene: z.literal('clock'), props: authoredScenePropsSchemas.clock.default({}) }),
]);
export type AuthoredItem = z.infer<typeof authoredItemSchema>;

/** A file of `playlists/`: strict, ids unique. */
export const authoredPlaylistSchema = z
  .strictObject({
    $schema: z.string().optional(),
    id: slugSchema,
    name: z.string().min(1).max(200),
    kind: z.literal(screenKinds),
    items: z.array(authoredItemSchema).min(1).max(maxItems),
  })
  .superRefine(({ items }, context) => {
    const seen = new Set<string>();
    items.forEach(({ id }, index) => {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: ['items', index, 'id'], message: `the id "${id}" is used twice` });
      seen.add(id);
    });
  });
export type AuthoredPlaylist = z.infer<typeof authoredPlaylistSchema>;

export interface PlaylistProblem {
  /** Where in the file, such as `items[2].seconds`. */
  readonly path: string;
  readonly reason: string;
}

/** `items[2].seconds`: where in a document something stands. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)), '');
}

/** Reads the text of a playlist file. Every problem is named by its path in the JSON. */
export function readAuthoredPlaylist(text: string): { ok: true; playlist: AuthoredPlaylist } | { ok: false; problems: PlaylistProblem[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [{ path: '', reason: `not JSON: ${(error as Error).message}` }] };
  }
  const parsed = authoredPlaylistSchema.safeParse(json);
  if (parsed.success) return { ok: true, playlist: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), reason: message })) };
}

/** Where props name assets, and what a manifest calls the file there. */
const assetKeys: Readonly<Record<string, string>> = { asset: 'media', poster: 'poster', captions: 'captions' };

/** Asset paths that an item names, with where they are named. */
export function assetsOfItem({ props }: Pick<AuthoredItem, 'props'>): { asset: string; path: string }[] {
  return Object.entries(props).flatMap(([key, value]) => (key in assetKeys && typeof value === 'string' ? [{ asset: value, path: key }] : []));
}

/** Asset paths that an authored playlist names, with where they are named. */
export function assetsOf(playlist: AuthoredPlaylist): { asset: string; path: string }[] {
  return playlist.items.flatMap((item, index) => assetsOfItem(item).map(({ asset, path }) => ({ asset, path: `items[${index}].props.${path}` })));
}

/** Props as a manifest carries them: the asset's path becomes the hash of its bytes. */
export function publishedProps({ props }: Pick<AuthoredItem, 'props'>, hashOf: (asset: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props).map(([key, value]): [string, unknown] => {
      const name = assetKeys[key];
      return name !== undefined && typeof value === 'string' ? [name, hashOf(value)] : [key, value];
    }),
  );
}

/** What the stage draws for an item; `undefined` when this build cannot. */
export function contentOf(item: Item): SceneContent | undefined {
  return readScene(item.scene, item.props);
}

/** Hashes of the files that a playlist's items need. */
export function mediaOfPlaylist(playlist: Playlist): string[] {
  const all = playlist.items.flatMap((item) => {
    const content = contentOf(item);
    return content ? mediaOf(content) : [];
  });
  return [...new Set(all)];
}
