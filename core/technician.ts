// What a technician in front of a screen may ask of it: by a gesture in its corner and the screen's own PIN, which the server gives out and the box knows only by a slow hash.
import { z } from 'zod';
import { healthReportSchema } from './health.ts';
import { base64urlSchema } from './primitives.ts';

export const pinDigits = 6;
export const pinSchema = z.string().regex(/^\d{6}$/);

/** A PIN as a box holds it: scrypt of its digits over the salt, 16 and 32 bytes. */
export const pinProofSchema = z.object({ salt: base64urlSchema.length(22), hash: base64urlSchema.length(43) });
export type PinProof = z.infer<typeof pinProofSchema>;

/** scrypt (RFC 7914): N, r, p and bytes of the result. */
export const pinCost = { cost: 2 ** 14, blockSize: 8, parallelization: 1, bytes: 32 } as const;

export const technicianWishes = ['diagnosis', 'test-card'] as const;
export type TechnicianWish = (typeof technicianWishes)[number];

/** What the box says of itself: its report, and what only somebody beside it needs. */
export const diagnosisSchema = z.object({
  number: z.int().min(0),
  name: z.string().max(200),
  /** Address of the server that it is connected with. */
  server: z.string().max(300).nullable(),
  /** Its own addresses in the network. */
  addresses: z.array(z.string().max(60)).max(12),
  health: healthReportSchema,
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

export const technicianAnswerSchema = z.discriminatedUnion('result', [
  z.object({ result: z.literal('diagnosis'), diagnosis: diagnosisSchema }),
  /** The test card is on. */
  z.object({ result: z.literal('done') }),
  z.object({ result: z.literal('wrong'), triesLeft: z.int().min(0) }),
  /** Too many wrong ones. */
  z.object({ result: z.literal('wait'), seconds: z.int().min(1) }),
  /** The screen has no PIN yet. */
  z.object({ result: z.literal('no-pin') }),
  z.object({ result: z.literal('failed'), reason: z.string().max(300) }),
]);
export type TechnicianAnswer = z.infer<typeof technicianAnswerSchema>;
