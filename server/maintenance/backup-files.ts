// What a backup consists of: a folder with the database, keys and media, and one page that names every file by its hash.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { sha256Schema } from '../../core/primitives.ts';
import { hashOfFile } from '../media/media-files.ts';

export const pageName = 'backup.json';
export const databaseFiles = { sqlite: 'server.sqlite', postgres: 'database.dump' } as const;

const fileSchema = z.object({
  /** Below the backup's folder, with slashes. */
  path: z.string().regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._/-]+$/),
  bytes: z.int().min(0),
  sha256: sha256Schema,
});
export const backupPageSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  version: z.string(),
  database: z.literal(['sqlite', 'postgres']),
  /** Where the audit log ended, by which a restored one is known. */
  audit: z.object({ id: z.int(), hash: sha256Schema }).nullable(),
  files: z.array(fileSchema),
});
export type BackupPage = z.infer<typeof backupPageSchema>;
export type BackupFile = z.infer<typeof fileSchema>;

/** Files below a folder, with slashes; none where it is not there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort();
}

/** Whether a folder may be filled: it is not there, or has nothing in it. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

/** Copies a file for its owner only, onto the disk for good, and says what it was. */
export async function copyFile(from: string, to: string): Promise<Omit<BackupFile, 'path'>> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(from), counted, createWriteStream(to, { mode: 0o600 }));
  await onDisk(to);
  return { bytes, sha256: hash.digest('hex') };
}

/** A file that another program wrote: for its owner only, on the disk for good, with its hash. */
export async function takeFile(path: string): Promise<Omit<BackupFile, 'path'>> {
  await chmod(path, 0o600);
  await onDisk(path);
  const handle = await open(path, 'r');
  try {
    return { bytes: (await handle.stat()).size, sha256: await hashOfFile(path) };
  } finally {
    await handle.close();
  }
}

async function onDisk(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

type PageRead = { readonly ok: true; readonly page: BackupPage } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a backup's page and holds every file of it against its hash. */
export async function readBackup(folder: string): Promise<PageRead> {
  let page: BackupPage;
  try {
    page = backupPageSchema.parse(JSON.parse(await readFile(join(folder, pageName), 'utf8')));
  } catch {
    return { ok: false, problems: [`${folder}: không có ${pageName} đọc được · no readable ${pageName}`] };
  }
  const problems: string[] = [];
  for (const { path, sha256 } of page.files) {
    const found = await hashOfFile(join(folder, path)).catch(() => undefined);
    if (found !== sha256) problems.push(`${path}: ${found === undefined ? 'thiếu · missing' : 'hỏng · damaged'}`);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, page };
}
