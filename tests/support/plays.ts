// The same plays seen from both ends: what the player wrote down, and what the server has stored.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { playEntrySchema, type PlayEntry } from '../../core/play.ts';

export interface WrittenEntry {
  readonly chain: string;
  readonly hash: string;
  readonly entry: PlayEntry;
}

/** What the player itself has written down, by chain and in order; a line that is being written is left out. */
export function journalOf(playerFolder: string): WrittenEntry[] {
  const folder = join(playerFolder, 'journal');
  return (existsSync(folder) ? readdirSync(folder) : []).flatMap((chain) =>
    readdirSync(join(folder, chain))
      .sort()
      .flatMap((name) => readFileSync(join(folder, chain, name), 'utf8').split('\n'))
      .flatMap((line) => {
        const [hash, text] = [line.slice(0, 64), line.slice(65)];
        return createHash('sha256').update(text).digest('hex') === hash ? [{ chain, hash, entry: playEntrySchema.parse(JSON.parse(text)) }] : [];
      }),
  );
}

export interface StoredEntry {
  readonly chain: string;
  readonly seq: number;
  readonly kind: string;
  readonly at: number;
  readonly hash: string;
}

const rowSchema = z.object({ chain: z.string(), seq: z.int(), kind: z.string(), at: z.int(), entry: z.string() });

/** Rows of the server's database as another process reads them. */
export function rowsAt(serverFolder: string, query: string): unknown[] {
  const database = new DatabaseSync(join(serverFolder, 'server.sqlite'), { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

/** What the server has stored, by chain and in order. */
export function storedAt(serverFolder: string): StoredEntry[] {
  return z
    .array(rowSchema)
    .parse(rowsAt(serverFolder, 'select chain, seq, kind, at, entry from plays order by chain, seq'))
    .map(({ entry, ...row }) => ({ ...row, hash: createHash('sha256').update(entry).digest('hex') }));
}
