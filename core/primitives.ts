// The small shapes that every contract is made of: hashes, ids, dates, texts in two languages.
import { z } from 'zod';

/** Lower-case hexadecimal SHA-256 of exact bytes, 64 characters. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal characters');

/** Epoch milliseconds, a whole number. */
export const instantSchema = z.int();

/** A local calendar date `YYYY-MM-DD` that exists. */
export const localDateSchema = z.iso.date();

/** Bytes as base64url without padding. */
export const base64urlSchema = z.string().regex(/^[A-Za-z0-9_-]*$/, 'expected base64url without padding');

/** An id that people read: lower-case letters, digits and hyphens, at most 64 characters. */
export const slugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'expected lower-case letters, digits and hyphens');

const shortText = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)');

/** Words for the screen: Vietnamese always, English where the screen needs it. */
export const localTextSchema = z.object({ vi: shortText, en: shortText.optional() });
export type LocalText = z.infer<typeof localTextSchema>;

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** The text in the asked language; Vietnamese where there is no other. */
export function inLanguage(text: LocalText, language: Language): string {
  return text[language] ?? text.vi;
}
