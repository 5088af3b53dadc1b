// A backup beside the running server: the database as of one instant, keys and media, each file held against its hash before it counts.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { auditHead, checkAudit } from '../audit/audit-store.ts';
import { isPostgresUrl } from '../database/database-place.ts';
import { openDatabase } from '../database/open-database.ts';
import { listMedia } from '../media/media-store.ts';
import { copyFile, databaseFiles, filesBelow, isFree, pageName, readBackup, takeFile, type BackupFile, type BackupPage } from './backup-files.ts';
import { dumpDatabase } from './postgres-programs.ts';

export interface BackupJob {
  readonly data: string;
  /** Path or URL of the database. */
  readonly place: string;
  readonly to: string;
  readonly at: number;
  readonly version: string;
}

export type BackupResult = { readonly ok: true; readonly page: BackupPage } | { readonly ok: false; readonly problems: readonly string[] };

const failed = (...problems: readonly string[]): BackupResult => ({ ok: false, problems });

/** SQLite writes a copy as of one instant, while others read and write. */
function copySqlite(from: string, to: string): void {
  const database = new DatabaseSync(from, { timeout: 30_000 });
  try {
    database.prepare('vacuum into ?').run(to);
  } finally {
    database.close();
  }
}

/** What is wrong with a copy of SQLite's file, by its own words. */
function problemsOfSqlite(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const words = (pragma: string) =>
      database
        .prepare(`pragma ${pragma}`)
        .all()
        .map((row) => Object.values(row).join(' '));
    return [...words('integrity_check').filter((word) => word !== 'ok'), ...words('foreign_key_check')];
  } finally {
    database.close();
  }
}

export async function makeBackup(job: BackupJob): Promise<BackupResult> {
  const to = resolve(job.to);
  if (!(await isFree(to))) return failed(`${to}: không trống; mỗi bản sao lưu cần một thư mục mới · is not empty; each backup wants a new folder`);
  // Under another name until it is whole, so that nobody takes half of one for a backup.
  const under = `${to}.partial`;
  await rm(under, { recursive: true, force: true });
  await mkdir(under, { recursive: true, mode: 0o700 });
  const made = await fill(job, under);
  if (!made.ok) {
    await rm(under, { recursive: true, force: true });
    return made;
  }
  await rm(to, { recursive: true, force: true });
  await rename(under, to);
  return made;
}

async function fill({ data, place, at, version }: BackupJob, under: string): Promise<BackupResult> {
  const isPostgres = isPostgresUrl(place);
  const database = isPostgres ? 'postgres' : 'sqlite';
  const copy = join(under, databaseFiles[database]);
  const live = await openDatabase(place);
  try {
    // Before the dump: a log that has grown meanwhile still holds this entry.
    const headBefore = await auditHead(live);
    if (isPostgres) {
      const dumped = await dumpDatabase(place, copy);
      if (!dumped.ok) return failed(dumped.reason);
    } else {
      copySqlite(place, copy);
      const problems = problemsOfSqlite(copy);
      if (problems.length > 0) return failed(...problems);
    }
    const db = isPostgres ? live : await openDatabase(copy);
    let audit: BackupPage['audit'];
    let media: readonly string[];
    try {
      const checked = await checkAudit(db);
      if (checked.brokenAt !== undefined)
        return failed(`nhật ký kiểm tra hỏng từ dòng ${checked.brokenAt} · the audit log is broken from entry ${checked.brokenAt}`);
      audit = (isPostgres ? headBefore : checked.head) ?? null;
      media = await listMedia(db);
    } finally {
      if (db !== live) await db.destroy();
    }
    const files: BackupFile[] = [{ path: databaseFiles[database], ...(await takeFile(copy)) }];
    for (const path of await filesBelow(join(data, 'keys')))
      files.push({ path: `keys/${path}`, ...(await copyFile(join(data, 'keys', path), join(under, 'keys', path))) });
    const stored = (await filesBelow(join(data, 'media'))).filter((path) => !path.startsWith('incoming/'));
    for (const path of stored) files.push({ path: `media/${path}`, ...(await copyFile(join(data, 'media', path), join(under, 'media', path))) });
    const whole = new Set(files.filter(({ path, sha256 }) => path.endsWith(sha256)).map(({ sha256 }) => sha256));
    const missing = media.filter((hash) => !whole.has(hash)).map((hash) => `media/${hash}: thiếu hoặc hỏng · missing or damaged`);
    if (missing.length > 0) return failed(...missing);
    const page: BackupPage = { format: 1, madeAt: new Date(at).toISOString(), version, database, audit, files };
    await writeFile(join(under, pageName), `${JSON.stringify(page, null, 2)}\n`, { mode: 0o600 });
    await takeFile(join(under, pageName));
    const read = await readBackup(under);
    return read.ok ? { ok: true, page } : failed(...read.problems);
  } finally {
    await live.destroy();
  }
}
