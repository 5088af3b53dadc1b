// What people should know of a screen although its picture may be right. A code that is not known here is shown by its detail.
import { z } from 'zod';
import { instantSchema } from './primitives.ts';

export const warningCodes = [
  /** A manifest, assignment or snapshot below the highest version verified was offered. */
  'old-offered',
  /** A manifest for another channel, or an assignment for another screen. */
  'foreign-offered',
  /** Too few signatures hold, or something else came under a document's address. */
  'unsigned-offered',
  /** The server's root document does not follow from the pinned one. */
  'root-refused',
  /** No signed time was heard since the start. */
  'clock-untrusted',
  /** The machine's clock is more than a minute off the server's. */
  'clock-off',
  /** The server's signed time fell behind a time that it had signed before. */
  'time-back',
  /** No server for longer than the campaign allows: the factory playlist plays. */
  'out-of-date',
  /** Two boxes hold the key of one screen. */
  'two-players',
  /** Run after run ended within minutes: the power comes and goes, or the player falls. */
  'short-runs',
  /** Little room is left on the disk. */
  'disk-tight',
  /** Nothing fits on the disk any more. */
  'disk-full',
  /** The disk can be read but not written; plays are kept in memory. */
  'disk-read-only',
  /** The disk answers with faults. */
  'disk-failing',
  /** A file was not what its hash says any more; it is fetched again. */
  'file-damaged',
  /** The program that sets the brightness of the wall's controller did not succeed. */
  'brightness-failed',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export const warningSchema = z.object({ code: z.string().max(40), since: instantSchema, detail: z.string().max(300).optional() });
export type Warning = z.infer<typeof warningSchema>;
export const maxWarnings = 20;
