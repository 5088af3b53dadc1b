// The staff API's contract about objections: a unit says with a file why its figure in a snapshot is wrong, and the office that publishes answers.
import { z } from 'zod';
import { reasonSchema } from './board-api.ts';
import { instantSchema, sha256Schema } from './primitives.ts';

export const maxObjectionBytes = 10 * 2 ** 20;
/** Of one person within 24 hours; what no objection names is forgotten after that. */
export const maxObjectionBytesADay = 60 * 2 ** 20;
/** What an attached file may be, known by its bytes. */
export const objectionTypes = ['application/pdf', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'image/jpeg', 'image/png'] as const;
export type ObjectionType = (typeof objectionTypes)[number];

/** `answered`: the figure stands, and why; `accepted`: it is wrong and will be corrected; `withdrawn` by the unit itself. */
export const objectionStates = ['open', 'answered', 'accepted', 'withdrawn'] as const;
export type ObjectionState = (typeof objectionStates)[number];

const wordsSchema = z.string().trim().normalize('NFC').min(10).max(2_000);

export const objectionFileSchema = z.object({ sha256: sha256Schema, type: z.literal(objectionTypes), bytes: z.int() });

export const raiseObjectionSchema = z.strictObject({
  snapshot: z.int().min(1),
  unit: z.string().min(1).max(40),
  words: wordsSchema,
  /** A file that the same person has sent before. */
  file: z.strictObject({ sha256: sha256Schema, name: z.string().trim().normalize('NFC').min(1).max(200) }),
});
export const answerObjectionSchema = z.strictObject({ accept: z.boolean(), answer: reasonSchema });

export const objectionViewSchema = z.object({
  id: z.uuid(),
  state: z.literal(objectionStates),
  snapshot: z.int(),
  unit: z.string(),
  unitName: z.string(),
  /** What the snapshot says of the unit; null where it has no figure. */
  figure: z.object({ count: z.int(), base: z.int().nullable() }).nullable(),
  words: z.string(),
  file: objectionFileSchema.extend({ name: z.string() }),
  raised: z.object({ by: z.string(), at: instantSchema }),
  settled: z.object({ by: z.string(), at: instantSchema, answer: z.string() }).nullable(),
  /** Number of the correction that took the snapshot's place. */
  correctedBy: z.int().nullable(),
  may: z.object({ answer: z.boolean(), withdraw: z.boolean() }),
});
export type ObjectionView = z.infer<typeof objectionViewSchema>;

export const objectionListSchema = z.object({
  /** Number of the figures in force; null when there are none to object to. */
  inForce: z.int().nullable(),
  /** In whose name whoever asks may object; none for those who may only read. */
  units: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Open ones first, then the latest. */
  objections: z.array(objectionViewSchema),
});
export type ObjectionList = z.infer<typeof objectionListSchema>;

export const objectionPaths = {
  list: '/api/scoreboard/objections',
  files: '/api/scoreboard/objection-files',
  file: (id: string) => `/api/scoreboard/objections/${id}/file`,
  answer: (id: string) => `/api/scoreboard/objections/${id}/answer`,
  withdraw: (id: string) => `/api/scoreboard/objections/${id}/withdraw`,
} as const;
