// Brings a backup back into an empty data folder: every file is held against its hash before and the audit log after.
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { auditHashOf, checkAudit } from '../audit/audit-store.ts';
import { isPostgresUrl } from '../database/database-place.ts';
import { openDatabase } from '../database/open-database.ts';
import { copyFile, databaseFiles, isFree, readBackup } from './backup-files.ts';
import type { BackupResult } from './backup.ts';
import { loadDatabase } from './postgres-programs.ts';

export interface RestoreJob {
  readonly from: string;
  readonly data: string;
  /** Path or URL of the database that is to be filled. */
  readonly place: string;
}

const failed = (...problems: readonly string[]): BackupResult => ({ ok: false, problems });

export async function restoreBackup({ from, data, place }: RestoreJob): Promise<BackupResult> {
  if (!(await isFree(data)))
    return failed(`${resolve(data)}: không trống; chỉ khôi phục vào thư mục trống · is not empty; a backup is restored into an empty folder only`);
  const read = await readBackup(from);
  if (!read.ok) return read;
  const { page } = read;
  const wanted = isPostgresUrl(place) ? 'postgres' : 'sqlite';
  if (page.database !== wanted)
    return failed(
      `bản sao lưu này là của ${page.database}, DATABASE_URL lại chọn ${wanted} · this backup is of ${page.database}, and DATABASE_URL chooses ${wanted}`,
    );
  await mkdir(data, { recursive: true, mode: 0o700 });
  for (const { path, sha256 } of page.files) {
    if (path === databaseFiles.postgres) continue;
    const to = path === databaseFiles.sqlite ? place : join(data, path);
    await mkdir(dirname(to), { recursive: true });
    if ((await copyFile(join(from, path), to)).sha256 !== sha256) return failed(`${path}: hỏng khi chép · damaged while it was copied`);
  }
  if (wanted === 'postgres') {
    const loaded = await loadDatabase(place, join(from, databaseFiles.postgres));
    if (!loaded.ok) return failed(loaded.reason);
  }
  const db = await openDatabase(place);
  try {
    const { brokenAt } = await checkAudit(db);
    const holds = page.audit === null || (await auditHashOf(db, page.audit.id)) === page.audit.hash;
    return brokenAt === undefined && holds ? { ok: true, page } : failed('nhật ký kiểm tra không khớp bản sao lưu · the audit log does not match the backup');
  } finally {
    await db.destroy();
  }
}
