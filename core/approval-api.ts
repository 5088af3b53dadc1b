// The staff API's contract for publishing: asking a second person, approving, rejecting, withdrawing, the document that it rests on, and what was published.
import { z } from 'zod';
import { approvalStates } from './approval.ts';
import { instantSchema, localDateSchema, sha256Schema, slugSchema } from './primitives.ts';

const wordsSchema = z.object({ vi: z.string(), en: z.string() });
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)');

/** The document on which something rests: number, date, office, signer, summary, and its scan. */
export const basisSchema = z.strictObject({
  number: line(60).min(1),
  date: localDateSchema,
  office: line(160).min(1),
  signer: line(80).default(''),
  summary: line(300).default(''),
  /** SHA-256 of the attached file. */
  file: sha256Schema.optional(),
});
export type Basis = z.infer<typeof basisSchema>;

/**
 * `person`: the second person decides. `document`: somebody of rank has signed a document; one person attaches it, a second one checks that it says what the
 * screens will show.
 */
export const approvalWays = ['person', 'document'] as const;
export type ApprovalWay = (typeof approvalWays)[number];

export const askApprovalSchema = z.strictObject({
  revision: z.int(),
  way: z.literal(approvalWays).default('person'),
  /** For the approver. */
  note: line(300).default(''),
  basis: basisSchema.optional(),
});
/** The digest of what the person has looked at, so that nothing else is approved. */
export const approveSchema = z.strictObject({ digest: sha256Schema });
export const rejectSchema = z.strictObject({ reason: line(300).min(1) });

export const maxBasisBytes = 10 * 2 ** 20;
/** What a scan of a document may be, known by its first bytes. */
export const basisTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type BasisType = (typeof basisTypes)[number];
export const basisFileSchema = z.object({ sha256: sha256Schema, type: z.literal(basisTypes), bytes: z.int() });

/** One change against what was published last: a sentence, and what exactly differs. */
export const publishChangeSchema = z.object({
  item: slugSchema,
  kind: z.literal(['moved', 'on', 'added', 'off', 'removed', 'timing', 'content']),
  words: wordsSchema,
  details: z.array(wordsSchema),
  /** A small picture of what the item shows, at `/media/<sha256>`, where it shows one. */
  picture: sha256Schema.optional(),
});
export type PublishChange = z.infer<typeof publishChangeSchema>;

const actorSchema = z.object({ by: z.string(), at: instantSchema });
export const approvalViewSchema = z.object({
  id: z.uuid(),
  playlist: z.object({ id: slugSchema, name: z.string() }),
  revision: z.int(),
  state: z.literal(approvalStates),
  /** Of content, campaign and screens as they were when it was asked for. */
  digest: sha256Schema,
  way: z.literal(approvalWays),
  note: z.string(),
  basis: basisSchema.nullable(),
  asked: actorSchema,
  /** Who made the last edit; null for content that ships with the product. */
  editor: z.string().nullable(),
  approved: actorSchema.nullable(),
  /** How it ended, with the reason of a rejection. */
  settled: actorSchema.extend({ reason: z.string() }).nullable(),
  changes: z.array(publishChangeSchema),
  /** Names of the screens outdoors that it is for. */
  screens: z.array(z.string()),
  /** What whoever asks may do now. */
  may: z.object({ approve: z.boolean(), reject: z.boolean(), withdraw: z.boolean() }),
  /** Why it is not for whoever asks to approve; null when it is, or when nobody has to. */
  why: wordsSchema.nullable(),
});
export type ApprovalView = z.infer<typeof approvalViewSchema>;

/** `draft`: not published and nobody was asked; `playing`: the latest revision is what the screens have. */
export const stages = ['draft', 'waiting', 'approved', 'playing'] as const;
export type Stage = (typeof stages)[number];

/** How far the latest revision of a playlist is on its way to the screens. */
export const publishingSchema = z.object({
  stage: z.literal(stages),
  revision: z.int(),
  /** Whether it reaches a screen outdoors, and so needs a second person. */
  secondPerson: z.boolean(),
  /** False where nothing was published yet. */
  compared: z.boolean(),
  changes: z.array(publishChangeSchema),
  /** The open one, or else the latest that has ended. */
  approval: approvalViewSchema.nullable(),
  may: z.object({ ask: z.boolean(), publish: z.boolean() }),
});
export type Publishing = z.infer<typeof publishingSchema>;

/** One publish that was done. */
export const publishRecordSchema = z.object({
  revision: z.int(),
  at: instantSchema,
  by: z.string(),
  asked: z.string().nullable(),
  approved: z.string().nullable(),
  basis: basisSchema.nullable(),
  channels: z.array(z.object({ channel: slugSchema, version: z.int(), sha256: sha256Schema })),
});
export type PublishRecord = z.infer<typeof publishRecordSchema>;

export const approvalPaths = {
  approvals: '/api/approvals',
  publishing: (playlist: string) => `/api/playlists/${playlist}/publishing`,
  publishes: (playlist: string) => `/api/playlists/${playlist}/publishes`,
  ask: (playlist: string) => `/api/playlists/${playlist}/approvals`,
  approve: (playlist: string, approval: string) => `/api/playlists/${playlist}/approvals/${approval}/approve`,
  reject: (playlist: string, approval: string) => `/api/playlists/${playlist}/approvals/${approval}/reject`,
  withdraw: (playlist: string, approval: string) => `/api/playlists/${playlist}/approvals/${approval}/withdraw`,
  basisFiles: '/api/basis-files',
  basisFile: (sha256: string) => `/api/basis-files/${sha256}`,
} as const;
