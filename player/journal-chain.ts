// One chain of the journal on disk: a folder of segments, each named by the number of its first entry.
import { mkdir, open, readdir, readFile, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from './durable-file.ts';
import { lineBytes, readSegment, type Line } from './journal-lines.ts';

const digits = 12;
const ending = '.log';

export function segmentPath(folder: string, first: number): string {
  return join(folder, `${String(first).padStart(digits, '0')}${ending}`);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((fault: unknown) => {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw fault;
  });
}

/** Ids of the chains in the journal's folder. */
export async function chainsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name));
}

/** Numbers of the first entries of a chain's segments, in order. */
export async function segmentsOf(folder: string): Promise<number[]> {
  return (await namesIn(folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => Number(name.slice(0, -ending.length)))
    .filter((first) => Number.isSafeInteger(first) && first > 0)
    .sort((a, b) => a - b);
}

export interface SegmentFile {
  readonly first: number;
  readonly path: string;
  readonly bytes: number;
  readonly writtenAt: number;
}

/** A chain's segments as files, in order. */
export async function segmentFiles(folder: string): Promise<SegmentFile[]> {
  const files: SegmentFile[] = [];
  for (const first of await segmentsOf(folder)) {
    const path = segmentPath(folder, first);
    const { size, mtimeMs } = await stat(path);
    files.push({ first, path, bytes: size, writtenAt: mtimeMs });
  }
  return files;
}

/** Entries after a number, in order, as far as they hold. */
export async function readAfter(folder: string, seq: number, max: number): Promise<Line[]> {
  const segments = await segmentsOf(folder);
  const start = segments.findLastIndex((first) => first <= seq + 1);
  const found: Line[] = [];
  let last: Line | undefined;
  for (const first of start < 0 ? [] : segments.slice(start)) {
    const { lines, badBytes } = readSegment(await readFile(segmentPath(folder, first)));
    for (const line of lines) {
      if (last && (line.entry.seq !== last.entry.seq + 1 || line.entry.prev !== last.hash)) return found;
      last = line;
      if (line.entry.seq <= seq) continue;
      if (!found[0] && line.entry.seq !== seq + 1) return found;
      found.push(line);
      if (found.length >= max) return found;
    }
    if (badBytes > 0) return found;
  }
  return found;
}

export interface Tail {
  /** Number of the segment in which the chain goes on; 0 where there is none. */
  readonly first: number;
  /** Its lines. */
  readonly lines: readonly Line[];
  readonly bytes: number;
  readonly tornBytes: number;
  readonly isDamaged: boolean;
}

/** Finds where a chain ends; what a power cut left half written is cut off. */
export async function recoverTail(folder: string): Promise<Tail> {
  let tornBytes = 0;
  const nothing = { first: 0, lines: [], bytes: 0 };
  for (const first of (await segmentsOf(folder)).reverse()) {
    const path = segmentPath(folder, first);
    const { lines, goodBytes, badBytes, isDamaged } = readSegment(await readFile(path));
    if (isDamaged || (lines[0] && lines[0].entry.seq !== first)) return { ...nothing, tornBytes, isDamaged: true };
    tornBytes += badBytes;
    if (lines.length > 0) {
      if (badBytes > 0) await truncate(path, goodBytes);
      return { first, lines, bytes: goodBytes, tornBytes, isDamaged: false };
    }
    await rm(path);
  }
  return { ...nothing, tornBytes, isDamaged: false };
}

export interface SegmentWriter {
  /** Appends lines in one write and one flush. @throws when the disk takes nothing; then the writer is of no more use */
  append(lines: readonly Line[]): Promise<void>;
  /** Length of what is on disk for good. */
  readonly bytes: number;
  close(): Promise<void>;
}

/** The file that lines were written to is not there any more, or shorter. */
export class SegmentLost extends Error {}

/**
 * @param bytes what is known to be in it for good; what stands behind was never flushed and is cut off
 * @throws SegmentLost; the file system's fault
 */
export async function openSegment(folder: string, first: number, bytes: number): Promise<SegmentWriter> {
  await mkdir(folder, { recursive: true });
  const handle: FileHandle = await open(segmentPath(folder, first), 'a+');
  let good = bytes;
  try {
    const { size } = await handle.stat();
    if (size < bytes) throw new SegmentLost(`segment ${first} has ${size} bytes of ${bytes}`);
    if (size > bytes) await handle.truncate(bytes);
    await flushFolder(folder);
  } catch (fault) {
    await handle.close();
    throw fault;
  }
  return {
    get bytes() {
      return good;
    },
    async append(lines) {
      const text = Buffer.from(lines.map(lineBytes).join(''));
      await handle.appendFile(text);
      await handle.datasync();
      const { nlink, size } = await handle.stat();
      if (nlink === 0 || size !== good + text.byteLength) throw new SegmentLost(`segment ${first} was removed or cut while it was written`);
      good += text.byteLength;
    },
    close: () => handle.close(),
  };
}
