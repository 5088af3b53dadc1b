// A playlist as staff send it: every item with its scene, words, seconds and hours, media named by hash. Strict; what can never be shown is refused.
import { z } from 'zod';
import type { PlaylistView } from './playlist-api.ts';
import { fieldProblem, type CustomReason, type FieldProblem } from './field-problems.ts';
import { authoredShape, maxItems } from './playlist.ts';
import { screenKinds } from './profile.ts';
import { draftScenePropsSchemas as props } from './scenes.ts';
import { slugSchema } from './primitives.ts';
import type { Window } from './schedule.ts';

const itemName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => text === text.normalize('NFC'), 'not-composed');
const shape = { ...authoredShape, name: itemName };

const draftItemUnion = z.discriminatedUnion('scene', [
  z.strictObject({ ...shape, scene: z.literal('install'), props: props.install }),
  z.strictObject({ ...shape, scene: z.literal('scoreboard'), props: props.scoreboard }),
  z.strictObject({ ...shape, scene: z.literal('picture'), props: props.picture }),
  z.strictObject({ ...shape, scene: z.literal('video'), props: props.video }),
  z.strictObject({ ...shape, scene: z.literal('message'), props: props.message }),
  z.strictObject({ ...shape, scene: z.literal('motto'), props: props.motto }),
  z.strictObject({ ...shape, scene: z.literal('story'), props: props.story }),
  z.strictObject({ ...shape, scene: z.literal('countdown'), props: props.countdown }),
  z.strictObject({ ...shape, scene: z.literal('clock'), props: props.clock.default({}) }),
]);

interface Trouble {
  readonly path: readonly (string | number)[];
  readonly reason: CustomReason;
}

/** Texts that hold nothing but space (an empty one the schema refuses itself), such as `props.pages.0.heading.vi`. */
function blanks(value: unknown, path: readonly (string | number)[]): Trouble[] {
  if (typeof value === 'string') return value !== '' && value.trim() === '' ? [{ path, reason: 'blank' }] : [];
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => blanks(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => blanks(each, [...path, key]));
}

function windowTroubles({ days, startDate, endDate }: Window, path: readonly (string | number)[]): Trouble[] {
  return [
    ...(days?.length === 0 ? [{ path: [...path, 'days'], reason: 'no-day' } as const] : []),
    ...(startDate !== undefined && endDate !== undefined && endDate < startDate ? [{ path: [...path, 'endDate'], reason: 'ends-before-start' } as const] : []),
  ];
}

export const itemDraftSchema = draftItemUnion.superRefine((item, context) => {
  const troubles = [...blanks(item.props, ['props']), ...item.windows.flatMap((window, index) => windowTroubles(window, ['windows', index]))];
  for (const { path, reason } of troubles) context.addIssue({ code: 'custom', path: [...path], message: reason });
});
export type ItemDraft = z.infer<typeof itemDraftSchema>;

const playlistName = itemName;

/** All of a playlist as it should be. What is no longer among the items leaves it; an item keeps its number by its id. */
export const changePlaylistSchema = z
  .strictObject({
    /** The revision with which the edit began. */
    revision: z.int().min(0),
    /** Another name, where it gets one. */
    name: playlistName.optional(),
    items: z.array(itemDraftSchema).min(1).max(maxItems),
  })
  .superRefine(({ items }, context) => {
    const seen = new Set<string>();
    items.forEach(({ id }, index) => {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: ['items', index, 'id'], message: 'id-used-twice' satisfies CustomReason });
      seen.add(id);
    });
  });
export type ChangePlaylist = z.infer<typeof changePlaylistSchema>;

/** An item as it is sent: its number is the server's. */
export type SentItem = Omit<PlaylistView['items'][number], 'number'>;

/** The items of a playlist as they are sent back with a change. */
export function sentItems(items: PlaylistView['items']): SentItem[] {
  return items.map(({ number: _number, ...item }) => item);
}

/** A new playlist, empty or with the items of another; nothing plays it yet. */
export const newPlaylistSchema = z.strictObject({ name: playlistName, kind: z.literal(screenKinds), copyOf: slugSchema.optional() });

/** What keeps one item from being saved, by path within the item; empty when nothing does. */
export function problemsOfItem(item: unknown): FieldProblem[] {
  const parsed = itemDraftSchema.safeParse(item);
  return parsed.success ? [] : parsed.error.issues.map(fieldProblem);
}
