// The player's files by SHA-256. Only what was hashed in this run counts as there. What no manifest names stays as long as there is room, and leaves oldest first.
import { lstat, mkdir, readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestFile } from '../core/manifest.ts';
import { download, type Download } from './download.ts';
import type { Hasher } from './hasher.ts';
import { faultText, type Log } from './log.ts';
import { serial } from './serial.ts';
import type { MediaFile } from './shell.ts';

export interface FileStore {
  /** A file that was verified in this run. */
  file(sha256: string): MediaFile | undefined;
  /** Hashes a file on disk, no faster than told; one that is wrong is removed. */
  verify(file: ManifestFile, bytesPerSecond?: number): Promise<boolean>;
  /** Makes sure that a file is there and right. @throws when line or disk fail */
  bring(file: ManifestFile, url: URL, signal: AbortSignal): Promise<Download>;
  /** Makes room for so many bytes; nothing that is named leaves. @returns why there is none */
  makeRoom(bytes: number, named: ReadonlySet<string>): Promise<string | undefined>;
  /** Lets everything go that is not named. */
  clear(named: ReadonlySet<string>): Promise<void>;
  /** What all files together may take, as far as manifests allow. */
  readonly budgetBytes: number;
  /** Bytes that came over the line in this run. */
  readonly receivedBytes: number;
}

export interface FileStoreOptions {
  readonly folder: string;
  readonly hasher: Hasher;
  readonly log: Log;
  /** All files together take no more, as far as those allow that manifests name. */
  readonly budgetBytes?: number | undefined;
  /** Room left on the disk for journal and system. */
  readonly spareBytes?: number;
}

const defaultBudgetBytes = 4 * 2 ** 30;
const defaultSpareBytes = 64 * 2 ** 20;
/** A small disk is not asked for more of itself than this. */
const largestSpareShare = 0.05;
/** The process ran out of something; that says nothing of the file. */
const innocent = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);

interface Kept {
  readonly name: string;
  readonly bytes: number;
  readonly usedAt: number;
}

export function openFileStore({ folder, hasher, log, budgetBytes = defaultBudgetBytes, spareBytes = defaultSpareBytes }: FileStoreOptions): FileStore {
  const verified = new Map<string, MediaFile>();
  const verifying = new Map<string, Promise<boolean>>();
  const pathOf = (hash: string) => join(folder, hash);
  const inOrder = serial();
  let receivedBytes = 0;
  let lastNamed: ReadonlySet<string> = new Set();

  const remove = async (name: string) => {
    verified.delete(name);
    await rm(join(folder, name), { recursive: true, force: true }).catch((fault: unknown) => {
      log.warn({ name, fault: faultText(fault) }, 'a file cannot be removed');
    });
  };

  const hashOnDisk = async (file: ManifestFile, bytesPerSecond: number | undefined): Promise<boolean> => {
    const path = pathOf(file.sha256);
    try {
      const { size } = await stat(path);
      const found = size === file.bytes ? await hasher.file(path, bytesPerSecond) : undefined;
      if (found?.sha256 === file.sha256) {
        verified.set(file.sha256, { path, type: file.type, bytes: file.bytes });
        return true;
      }
      log.warn({ file: file.sha256, size, expected: file.bytes }, 'a file is damaged and is removed');
    } catch (fault) {
      const { code = '' } = fault as NodeJS.ErrnoException;
      if (innocent.has(code)) return verified.has(file.sha256);
      if (code === 'ENOENT') {
        verified.delete(file.sha256);
        return false;
      }
      log.warn({ file: file.sha256, fault: faultText(fault) }, 'a file cannot be read and is removed');
    }
    await remove(file.sha256);
    return false;
  };

  const verify = (file: ManifestFile, bytesPerSecond?: number): Promise<boolean> => {
    if (bytesPerSecond !== undefined) return hashOnDisk(file, bytesPerSecond);
    const running = verifying.get(file.sha256);
    if (running) return running;
    // One after the other: a campaign has more files than a process has handles.
    const begun = inOrder(() => hashOnDisk(file, undefined)).finally(() => verifying.delete(file.sha256));
    verifying.set(file.sha256, begun);
    return begun;
  };

  /** What lies in the folder, oldest use first. */
  const list = async (): Promise<Kept[]> => {
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names.map(async (name): Promise<Kept[]> => {
        const entry = await lstat(join(folder, name)).catch(() => undefined);
        return entry ? [{ name, bytes: entry.size, usedAt: entry.mtimeMs }] : [];
      }),
    );
    return found.flat().sort((a, b) => a.usedAt - b.usedAt);
  };

  /** The age of a file counts from the last manifest that named it. */
  const rememberUse = async (named: ReadonlySet<string>) => {
    const now = new Date();
    for (const hash of lastNamed) if (!named.has(hash)) await utimes(pathOf(hash), now, now).catch(() => undefined);
    lastNamed = named;
  };

  return {
    file: (hash) => verified.get(hash),
    verify,
    budgetBytes,
    async bring(file, url, signal) {
      if (verified.has(file.sha256) || (await verify(file))) return { ok: true };
      await mkdir(folder, { recursive: true });
      const path = pathOf(file.sha256);
      const done = await download({ url, file, path, hasher, signal, received: (bytes) => (receivedBytes += bytes) });
      if (done.ok) verified.set(file.sha256, { path, type: file.type, bytes: file.bytes });
      return done;
    },
    async makeRoom(bytes, named) {
      await mkdir(folder, { recursive: true });
      await rememberUse(named);
      const { bavail, blocks, bsize } = await statfs(folder);
      const spare = Math.min(spareBytes, largestSpareShare * blocks * bsize);
      const kept = await list();
      let total = kept.reduce((sum, each) => sum + each.bytes, 0);
      let free = bavail * bsize;
      for (const { name, bytes: size } of kept) {
        if (named.has(name.replace(/\.part$/, ''))) continue;
        if (total + bytes <= budgetBytes && free >= bytes + spare) break;
        await remove(name);
        total -= size;
        free += size;
      }
      return bytes > 0 && free < bytes + spare ? `no space: ${Math.ceil((bytes + spare - free) / 2 ** 20)} MiB more are needed` : undefined;
    },
    async clear(named) {
      for (const { name } of await list()) if (!named.has(name.replace(/\.part$/, ''))) await remove(name);
    },
    get receivedBytes() {
      return receivedBytes;
    },
  };
}
