// The player's files by SHA-256. Only what was hashed in this run counts as there; what fails its hash is removed and fetched again.
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestFile } from '../core/manifest.ts';
import { download, hashInto, type Download } from './download.ts';
import { faultText, type Log } from './log.ts';
import type { MediaFile } from './shell.ts';

export interface FileStore {
  /** A file that was verified in this run. */
  file(sha256: string): MediaFile | undefined;
  /** Hashes a file on disk; one that is wrong is removed. */
  verify(file: ManifestFile): Promise<boolean>;
  /** Makes sure that a file is there and right. @throws when line or disk fail */
  bring(file: ManifestFile, url: URL, signal: AbortSignal): Promise<Download>;
  /** Removes every file, whole or partial, that is not named. */
  keepOnly(hashes: ReadonlySet<string>): Promise<void>;
}

export function openFileStore(folder: string, log: Log): FileStore {
  const verified = new Map<string, MediaFile>();
  const pathOf = (hash: string) => join(folder, hash);

  const verify = async (file: ManifestFile): Promise<boolean> => {
    const path = pathOf(file.sha256);
    try {
      const { size } = await stat(path);
      const hash = createHash('sha256');
      if (size === file.bytes && (await hashInto(hash, path)) === size && hash.digest('hex') === file.sha256) {
        verified.set(file.sha256, { path, type: file.type, bytes: file.bytes });
        return true;
      }
      log.warn({ file: file.sha256, size, expected: file.bytes }, 'a file is damaged and is removed');
      verified.delete(file.sha256);
      await rm(path);
    } catch (fault) {
      verified.delete(file.sha256);
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') log.warn({ file: file.sha256, fault: faultText(fault) }, 'a file cannot be read');
    }
    return false;
  };

  return {
    file: (hash) => verified.get(hash),
    verify,
    async bring(file, url, signal) {
      if (verified.has(file.sha256) || (await verify(file))) return { ok: true };
      await mkdir(folder, { recursive: true });
      const path = pathOf(file.sha256);
      const done = await download(url, file, path, signal);
      if (done.ok) verified.set(file.sha256, { path, type: file.type, bytes: file.bytes });
      return done;
    },
    async keepOnly(hashes) {
      for (const name of await readdir(folder).catch(() => [])) {
        const hash = name.replace(/\.part$/, '');
        if (hashes.has(hash)) continue;
        verified.delete(hash);
        await rm(join(folder, name), { force: true }).catch((fault: unknown) => log.warn({ name, fault: faultText(fault) }, 'a file cannot be removed'));
      }
    },
  };
}
