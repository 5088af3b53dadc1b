// The commands beside a server: `main.js NAME …`. Each reads its own words and says what it did in lines for a person.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { auditHashOf, checkAudit } from '../audit/audit-store.ts';
import { checkPlaysCommand } from '../check-plays-command.ts';
import { databasePlace, existingDatabase } from '../database/database-place.ts';
import { openDatabase } from '../database/open-database.ts';
import { product } from '../product.ts';
import { rescue } from '../rescue.ts';
import { writeSetting } from '../settings/setting-store.ts';
import { makeBackup, type BackupResult } from './backup.ts';
import { no, readWords, type Command, type Said } from './command-words.ts';
import { lastBackupKey } from './last-backup.ts';
import { restoreBackup } from './restore.ts';
import { checkApprovals, signRoot, takeRootKey } from './root-commands.ts';

const auditUsage = 'node main.js check-audit --data DIR [--expect ENTRY:HASH]';
const expectSchema = z.templateLiteral([z.int(), ':', z.string()]);

const checkAuditLog: Command = async (words, { databaseUrl }) => {
  const read = readWords(words, auditUsage, ['data'], ['expect']);
  if (!('values' in read)) return read;
  const { data, expect } = read.values;
  if (expect !== undefined && !expectSchema.safeParse(expect).success) return no(`--expect: ${auditUsage}`);
  const existing = existingDatabase(data, databaseUrl);
  if (!existing.ok) return no(existing.reason);
  const db = await openDatabase(existing.place);
  try {
    const { entries, head, brokenAt } = await checkAudit(db);
    if (brokenAt !== undefined)
      return no(
        `Nhật ký kiểm tra KHÔNG nguyên vẹn từ dòng ${brokenAt}: dòng này hoặc dòng trước đã bị sửa hay xóa · The audit log is NOT whole from entry ${brokenAt} on: it or one before was changed or removed`,
      );
    const [id = '', hash] = expect?.split(':') ?? [];
    if (expect !== undefined && (await auditHashOf(db, Number(id))) !== hash)
      return no(
        `Dòng ${id} không còn như đã ghi: nhật ký đã bị cắt hoặc viết lại · Entry ${id} is not what was written down: the log was cut off or written anew`,
      );
    return { ok: true, lines: [`Nguyên vẹn: ${entries} dòng · Whole: ${entries} entries`, `${head?.id ?? 0}:${head?.hash ?? ''}`] };
  } finally {
    await db.destroy();
  }
};

function saidOf(result: BackupResult, what: { readonly vi: string; readonly en: string }): Said {
  if (!result.ok) return no(`KHÔNG ${what.vi} · NOT ${what.en}`, ...result.problems);
  const { files, madeAt, audit } = result.page;
  const megabytes = Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20);
  return {
    ok: true,
    lines: [
      `Đã ${what.vi}: ${files.length} tệp, ${megabytes} MB, ${madeAt} · ${what.en}: ${files.length} files, ${megabytes} MB`,
      ...(audit ? [`${audit.id}:${audit.hash}`] : []),
    ],
  };
}

const packageSchema = z.object({ version: z.string() });

async function rememberBackup(place: string, at: number): Promise<void> {
  const db = await openDatabase(place);
  try {
    await writeSetting(db, lastBackupKey, at);
  } finally {
    await db.destroy();
  }
}

const backup: Command = async (words, { databaseUrl, now }) => {
  const read = readWords(words, 'node main.js backup --data DIR --to NEW_DIR', ['data', 'to']);
  if (!('values' in read)) return read;
  const { data, to } = read.values;
  const existing = existingDatabase(data, databaseUrl);
  if (!existing.ok) return no(existing.reason);
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(product, 'package.json'), 'utf8')));
  const made = await makeBackup({ data, place: existing.place, to, at: now, version });
  if (made.ok) await rememberBackup(existing.place, now);
  return saidOf(made, { vi: 'sao lưu', en: 'backed up' });
};

const restore: Command = async (words, { databaseUrl }) => {
  const read = readWords(words, 'node main.js restore --from BACKUP_DIR --data EMPTY_DIR', ['from', 'data']);
  if (!('values' in read)) return read;
  const { from, data } = read.values;
  const place = databasePlace(data, databaseUrl);
  if (!place.ok) return no(place.reason);
  return saidOf(await restoreBackup({ from, data, place: place.place }), { vi: 'khôi phục', en: 'restored' });
};

const rescueAccount: Command = async (words, { databaseUrl, now }) => {
  const rescued = await rescue(words, databaseUrl, now);
  return rescued.ok ? { ok: true, lines: [rescued.line] } : no(rescued.reason);
};

export const commands: Readonly<Partial<Record<string, Command>>> = {
  rescue: rescueAccount,
  'check-plays': (words, { databaseUrl }) => checkPlaysCommand(words, databaseUrl),
  'check-audit': checkAuditLog,
  'check-approvals': checkApprovals,
  'sign-root': signRoot,
  'take-root-key': takeRootKey,
  backup,
  restore,
};
