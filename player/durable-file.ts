// Files that a power cut leaves whole: written beside, flushed, renamed, and the folder flushed too.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a rename last. Some file systems cannot flush a folder; theirs are ordered by the rename itself. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (fault) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EISDIR'].includes((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
  } finally {
    await handle.close();
  }
}

/** @throws the file system's fault; what stood at the path before is then still there */
export async function writeDurably(path: string, bytes: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  // What an earlier run left there may be unreadable, or a folder; it is of no use in any case.
  const handle = await open(beside, 'w', mode).catch(async () => {
    await rm(beside, { recursive: true, force: true });
    return open(beside, 'w', mode);
  });
  try {
    await handle.chmod(mode);
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (fault) {
    // Half a file takes room on a disk that has none.
    await rm(beside, { force: true }).catch(() => undefined);
    throw fault;
  } finally {
    await handle.close();
  }
  await rename(beside, path).catch(async (fault: unknown) => {
    if ((fault as NodeJS.ErrnoException).code !== 'EISDIR') throw fault;
    await rm(path, { recursive: true, force: true });
    await rename(beside, path);
  });
  await flushFolder(dirname(path));
}

/** The bytes of a file; `undefined` where there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
}
