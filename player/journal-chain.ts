// One chain of the journal on disk: a folder of segments, each named by the number of its first entry.
import { mkdir, open, readdir, readFile, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from './durable-file.ts';
import { lineBytes, readSegment, type Line, type Link } from './journal-lines.ts';

const digits = 12;
const ending = '.log';

function nameOf(first: number): string {
  return `${String(first).padStart(digits, '0')}${ending}`;
}

/** Numbers of the first entries of a chain's segments, in order. */
export async function segmentsOf(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => Number(name.slice(0, -ending.length)))
    .filter((first) => Number.isSafeInteger(first) && first > 0)
    .sort((a, b) => a - b);
}

/** Entries after a number, in order, as far as they hold. */
export async function readAfter(folder: string, seq: number, max: number): Promise<Line[]> {
  const segments = await segmentsOf(folder);
  const start = segments.findLastIndex((first) => first <= seq + 1);
  const found: Line[] = [];
  let link: Link | undefined;
  for (const first of start < 0 ? [] : segments.slice(start)) {
    const { lines, badBytes } = readSegment(await readFile(join(folder, nameOf(first))), link);
    for (const line of lines) if (line.entry.seq > seq && found.length < max) found.push(line);
    const last = lines.at(-1);
    if (found.length >= max || badBytes > 0 || !last) break;
    link = { seq: last.entry.seq, hash: last.hash };
  }
  return found[0] && found[0].entry.seq !== seq + 1 ? [] : found;
}

export interface Tail {
  /** Lines of the last segment that has any. */
  readonly lines: readonly Line[];
  readonly tornBytes: number;
  readonly isDamaged: boolean;
}

/** Finds where a chain ends; what a power cut left half written is cut off. */
export async function recoverTail(folder: string): Promise<Tail> {
  let tornBytes = 0;
  for (const first of (await segmentsOf(folder)).reverse()) {
    const path = join(folder, nameOf(first));
    const { lines, goodBytes, badBytes, isDamaged } = readSegment(await readFile(path));
    if (isDamaged || (lines[0] && lines[0].entry.seq !== first)) return { lines: [], tornBytes, isDamaged: true };
    tornBytes += badBytes;
    if (lines.length > 0) {
      if (badBytes > 0) await truncate(path, goodBytes);
      return { lines, tornBytes, isDamaged: false };
    }
    await rm(path);
  }
  return { lines: [], tornBytes, isDamaged: false };
}

/** Removes segments of which every entry is at or below a number and which were last written before a time. The newest always stays. */
export async function removeOld(folder: string, acknowledged: number, before: number): Promise<void> {
  const segments = await segmentsOf(folder);
  for (const [index, first] of segments.entries()) {
    const next = segments[index + 1];
    if (next === undefined || next - 1 > acknowledged) return;
    const path = join(folder, nameOf(first));
    if ((await stat(path)).mtimeMs >= before) return;
    await rm(path);
  }
}

/** Removes whole chains that nothing is owed from any more. */
export async function removeOldChains(folder: string, owed: ReadonlySet<string>, before: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (!owed.has(name) && (await stat(path)).mtimeMs < before) await rm(path, { recursive: true });
  }
}

export interface SegmentWriter {
  /** Appends lines in one write and one flush. @throws when the disk takes nothing; the lines may be given again */
  append(lines: readonly Line[]): Promise<void>;
  readonly bytes: number;
  close(): Promise<void>;
}

export async function openSegment(folder: string, first: number): Promise<SegmentWriter> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, nameOf(first));
  const handle: FileHandle = await open(path, 'a+');
  await flushFolder(folder);
  let bytes = (await handle.stat()).size;
  let isDirty = false;
  return {
    get bytes() {
      return bytes;
    },
    async append(lines) {
      const text = Buffer.from(lines.map(lineBytes).join(''));
      // A write that failed half way left a torn line; a later one must not stand behind it.
      if (isDirty) await handle.truncate(bytes);
      isDirty = true;
      await handle.appendFile(text);
      await handle.datasync();
      isDirty = false;
      bytes += text.byteLength;
    },
    close: () => handle.close(),
  };
}
