// The staff API's contract for the media library: what there is, who uses it, and how a file comes in, part by part.
import { z } from 'zod';
import { instantSchema, localDateSchema, localTextSchema, sha256Schema } from './primitives.ts';

export const mediaKinds = ['picture', 'video'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** Largest files that are taken, as they are sent. */
export const maxPictureBytes = 50 * 2 ** 20;
export const maxVideoBytes = 500 * 2 ** 20;
/** What one request carries at most; the console sends this much at a time. */
export const partBytes = 2 ** 20;

/** Who shows an entry, or will: a playlist in its latest revision, or a channel by the manifest in force. */
export const mediaUseSchema = z.object({ what: z.literal(['playlist', 'channel']), id: z.string(), name: z.string() });
export type MediaUse = z.infer<typeof mediaUseSchema>;

export const mediaEntrySchema = z.object({
  /** Names the bytes that screens get, and with them the entry. */
  sha256: sha256Schema,
  kind: z.literal(mediaKinds),
  type: z.string(),
  bytes: z.int(),
  /** Pixels. */
  width: z.int(),
  height: z.int(),
  /** Of a video. */
  seconds: z.number().nullable(),
  /** Of a video: the still that stands in where nothing may move. */
  poster: sha256Schema.nullable(),
  /** A small WebP of it, at `/media/<sha256>`. */
  thumbnail: sha256Schema,
  name: z.string(),
  folder: z.string(),
  /** What there is to see; null until somebody says it, and until then it cannot be chosen for a playlist. */
  alt: localTextSchema.nullable(),
  by: z.string(),
  unit: z.string().nullable(),
  createdAt: instantSchema,
  /** Last day on which it may be shown, such as by a licence; local and inclusive. */
  expiresOn: localDateSchema.nullable(),
  uses: z.array(mediaUseSchema),
  /** Whether the caller may change and delete it. */
  mayChange: z.boolean(),
});
export type MediaEntry = z.infer<typeof mediaEntrySchema>;

export const mediaQuerySchema = z.object({ kind: z.literal(mediaKinds).optional() });

/** Names with slashes between them, such as `Tết/2025`; empty for none. */
export const folderSchema = z
  .string()
  .normalize('NFC')
  .max(120)
  .transform((text) =>
    text
      .split('/')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .join('/'),
  );

export const mediaNameSchema = z.string().trim().normalize('NFC').min(1).max(200);
/** Without a folder it stays where it is. */
export const describeMediaSchema = z.strictObject({
  name: mediaNameSchema,
  alt: localTextSchema,
  expiresOn: localDateSchema.nullable(),
  folder: folderSchema.optional(),
});

/** The same person, name, size and time of change is the same file: the upload that was cut goes on. */
export const newUploadSchema = z.strictObject({ name: mediaNameSchema, bytes: z.int().min(0), modifiedAt: instantSchema, folder: folderSchema.default('') });

export const uploadSchema = z.object({
  id: z.uuid(),
  bytes: z.int(),
  /** How much has arrived; the next part begins there. */
  received: z.int(),
  /** Of a film that is turned and watched after it was finished: how much of that is done, 0 to 1. */
  watched: z.number().nullable(),
  /** What became of it, once that is known. It is told for an hour. */
  outcome: z
    .union([
      z.object({ entry: mediaEntrySchema }),
      z.object({ error: z.object({ code: z.string(), vi: z.string(), en: z.string(), details: z.record(z.string(), z.unknown()) }) }),
    ])
    .nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const mediaPaths = {
  media: '/api/media',
  entry: (sha256: string) => `/api/media/${sha256}`,
  uploads: '/api/media/uploads',
  upload: (id: string) => `/api/media/uploads/${id}`,
  finish: (id: string) => `/api/media/uploads/${id}/finish`,
} as const;
