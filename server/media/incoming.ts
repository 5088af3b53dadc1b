// Files that are coming in, part by part. What has arrived of each is the size of its file, so nothing is lost by a cut of line or power.
import { mkdir, open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** What is left free of the disk whatever comes in: the database and the manifests need some. */
const reserveBytes = 256 * 2 ** 20;

export type Appended =
  | { readonly ok: true; readonly received: number }
  | { readonly ok: false; readonly reason: 'elsewhere' | 'too-much' | 'cut' | 'full'; readonly received: number };

interface Writer {
  readonly part: Readable;
  readonly done: Promise<unknown>;
}

export interface Incoming {
  pathOf(id: string): string;
  received(id: string): Promise<number>;
  /** Appends a part. A later part of the same file ends an earlier one, whose line may long be dead. @param size of the whole file */
  append(id: string, part: Readable, offset: number, size: number): Promise<Appended>;
  drop(id: string): Promise<void>;
  /** Whether a file of this size fits: it may be there twice for a moment. */
  hasRoom(bytes: number): Promise<boolean>;
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

export function openIncoming(filesDir: string): Incoming {
  const folder = join(filesDir, 'incoming');
  const writers = new Map<string, Writer>();
  const pathOf = (id: string) => join(folder, id);

  async function received(id: string): Promise<number> {
    try {
      return (await stat(pathOf(id))).size;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return 0;
      throw error;
    }
  }

  async function write(id: string, part: Readable, offset: number, size: number): Promise<Appended> {
    await mkdir(folder, { recursive: true });
    let at = await received(id);
    if (at !== offset) return { ok: false, reason: 'elsewhere', received: at };
    const file = await open(pathOf(id), 'a');
    try {
      for await (const chunk of part as AsyncIterable<Uint8Array>) {
        if (at + chunk.length > size) return { ok: false, reason: 'too-much', received: at };
        await file.writeFile(chunk);
        at += chunk.length;
      }
      await file.sync();
      return { ok: true, received: at };
    } catch (error) {
      if (codeOf(error) === 'ENOSPC') return { ok: false, reason: 'full', received: await received(id) };
      if (part.errored || codeOf(error) === 'ERR_STREAM_PREMATURE_CLOSE') return { ok: false, reason: 'cut', received: await received(id) };
      throw error;
    } finally {
      await file.close();
    }
  }

  return {
    pathOf,
    received,
    async append(id, part, offset, size) {
      // A line that breaks before anybody reads from it would otherwise end the server.
      part.on('error', () => undefined);
      const before = writers.get(id);
      before?.part.destroy(new Error('another part came'));
      const done = Promise.resolve(before?.done).then(() => write(id, part, offset, size));
      const writer = { part, done };
      writers.set(id, writer);
      try {
        return await done;
      } finally {
        if (writers.get(id) === writer) writers.delete(id);
      }
    },
    async drop(id) {
      await rm(pathOf(id), { force: true });
    },
    async hasRoom(bytes) {
      const { bavail, bsize } = await statfs(filesDir);
      return bavail * bsize > 2 * bytes + reserveBytes;
    },
  };
}
