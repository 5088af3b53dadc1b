// Proof of play: the journal's entries, hash-chained, and the signed batches that carry them to the server.
import { z } from 'zod';
import { instantSchema, sha256Schema } from './primitives.ts';

export const outcomes = ['complete', 'interrupted', 'skipped'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a play says of the content: `factory` when the factory playlist was on. */
export const contentIdSchema = sha256Schema.or(z.literal('factory'));

/** A player's own words. The character U+0000, which not every database can hold, is read as U+FFFD; the entry's text, which the chain is made of, stays as it is. */
const words = (most: number) =>
  z
    .string()
    .max(most)
    .overwrite((text) => text.replaceAll('\u0000', '\uFFFD'));

const chained = {
  seq: z.int().min(1),
  /** SHA-256 of the entry before, as its exact JSON text; 64 zeros for the first of a chain. */
  prev: sha256Schema,
  /** Wall clock, corrected to the server's, epoch milliseconds. */
  at: instantSchema,
  /** Monotonic clock of the player's run, milliseconds. */
  monoMs: z.number().min(0),
  clockTrusted: z.boolean(),
};

export const playEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    ...chained,
    kind: z.literal('open'),
    manifest: contentIdSchema,
    item: words(64),
    scene: words(40),
    /** Item shown in place of the planned one, with the reason. */
    substitute: z.object({ item: words(64), reason: words(200) }).optional(),
    plannedStart: instantSchema,
    plannedEnd: instantSchema,
  }),
  z.object({ ...chained, kind: z.literal('close'), opened: z.int().min(1), outcome: z.literal(outcomes), reason: words(200).optional() }),
  z.object({ ...chained, kind: z.literal('note'), code: words(60), detail: words(1_000).default('') }),
]);
export type PlayEntry = z.infer<typeof playEntrySchema>;

export const firstPrev = '0'.repeat(64);
export const maxBatchEntries = 500;

/** A batch as signed by the screen's key: entries as their exact JSON texts, so that the chain can be checked. */
export const playBatchSchema = z.object({
  screen: z.uuid(),
  /** A journal's own id; a lost journal begins a new chain. */
  chain: z.uuid(),
  entries: z.array(z.string().max(4_000)).min(1).max(maxBatchEntries),
});
export type PlayBatch = z.infer<typeof playBatchSchema>;

export const playReceiptSchema = z.object({ chain: z.uuid(), acknowledged: z.int().min(0) });

export type ChainCheck = { ok: true; entries: PlayEntry[] } | { ok: false; at: number; reason: 'malformed' | 'broken-chain' | 'wrong-sequence' };

/** Reads entry texts and checks that they follow each other. @param sha256 lower-case hexadecimal hash of UTF-8 text */
export function readChain(texts: readonly string[], sha256: (text: string) => string): ChainCheck {
  const entries: PlayEntry[] = [];
  for (const [at, text] of texts.entries()) {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return { ok: false, at, reason: 'malformed' };
    }
    const parsed = playEntrySchema.safeParse(json);
    if (!parsed.success) return { ok: false, at, reason: 'malformed' };
    const before = entries.at(-1);
    const textBefore = texts[at - 1];
    if (before && parsed.data.seq !== before.seq + 1) return { ok: false, at, reason: 'wrong-sequence' };
    if (textBefore !== undefined && parsed.data.prev !== sha256(textBefore)) return { ok: false, at, reason: 'broken-chain' };
    entries.push(parsed.data);
  }
  return { ok: true, entries };
}
