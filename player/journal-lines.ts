// The journal's file format: lines `<sha256> <json>\n`, each entry naming the hash of the one before.
import { playEntrySchema, type PlayEntry } from '../core/play.ts';
import { sha256 } from './ed25519.ts';

export interface Line {
  readonly hash: string;
  readonly text: string;
  readonly entry: PlayEntry;
}

/** What an entry is before the journal gives it its number and its link. */
type WithoutLink<Entry> = Entry extends PlayEntry ? Omit<Entry, 'seq' | 'prev'> : never;
export type Draft = WithoutLink<PlayEntry>;

/** The entry before: its number and hash. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

export function writeLine(draft: Draft, { seq, hash }: Link): Line {
  const entry: PlayEntry = { ...draft, seq: seq + 1, prev: hash };
  const text = JSON.stringify(entry);
  return { hash: sha256(text), text, entry };
}

export function lineBytes({ hash, text }: Line): string {
  return `${hash} ${text}\n`;
}

function readLine(text: string): Line | undefined {
  const [hash, json] = [text.slice(0, 64), text.slice(65)];
  if (text[64] !== ' ' || sha256(json) !== hash) return undefined;
  const parsed = playEntrySchema.safeParse(JSON.parse(json));
  return parsed.success ? { hash, text: json, entry: parsed.data } : undefined;
}

export interface SegmentReading {
  readonly lines: readonly Line[];
  /** Length of the part that holds. */
  readonly goodBytes: number;
  /** Bytes after it: a torn write, if nothing that holds follows. */
  readonly badBytes: number;
  /** Lines that hold stand after ones that do not: the file was damaged, not torn. */
  readonly isDamaged: boolean;
}

/** Reads a segment as far as its lines hold and follow each other, from the entry before where it is known. */
export function readSegment(bytes: Buffer, before?: Link): SegmentReading {
  const lines: Line[] = [];
  let link = before;
  let at = 0;
  let isDamaged = false;
  let goodBytes = 0;
  let isGood = true;
  for (let end = bytes.indexOf(10); end !== -1; at = end + 1, end = bytes.indexOf(10, at)) {
    const line = readLine(bytes.toString('utf8', at, end));
    if (isGood && line && (!link || (line.entry.seq === link.seq + 1 && line.entry.prev === link.hash))) {
      lines.push(line);
      link = { seq: line.entry.seq, hash: line.hash };
      goodBytes = end + 1;
      continue;
    }
    isGood = false;
    isDamaged ||= line !== undefined;
  }
  return { lines, goodBytes, badBytes: bytes.length - goodBytes, isDamaged };
}
