// Commands for the root key: taking it off the server, and signing the next root document with it, such as with the approvers whose passkeys a site asks for.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { approvalsThatHold, approversSchema, type Approvers } from '../../core/approvers.ts';
import { audiences } from '../../core/profile.ts';
import { rootDocumentSchema } from '../../core/root-document.ts';
import { envelopeSchema, readPayload } from '../../core/signed.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { existingDatabase } from '../database/database-place.ts';
import { claimDatabase } from '../database/one-server.ts';
import { openDatabase, transact, type Queries } from '../database/open-database.ts';
import { writeDurably } from '../files/durable-file.ts';
import { assertions } from '../keys/assertions.ts';
import { approverKeyId, spkiOfCose } from '../keys/cose-key.ts';
import { loadPrivateKeys, rootKeyFile } from '../keys/key-files.ts';
import { issueRoot, openRoot } from '../keys/open-keys.ts';
import { allRoots } from '../keys/root-store.ts';
import { approvedManifests } from '../manifests/manifest-store.ts';
import { approvedOrders } from '../orders/order-store.ts';
import { passkeysOf } from '../people/passkey-store.ts';
import { listPeople } from '../people/person-store.ts';
import { needsSecondFactor } from '../people/second-factor.ts';
import { no, readWords, type Command, type Said } from './command-words.ts';

/** Runs work on a database that no server uses meanwhile. */
async function alone(data: string, databaseUrl: string | undefined, work: (db: Queries) => Promise<Said>): Promise<Said> {
  const existing = existingDatabase(data, databaseUrl);
  if (!existing.ok) return no(existing.reason);
  const claimed = await claimDatabase(data, existing.place, () => undefined);
  if (!claimed.ok) return no(claimed.reason);
  try {
    const db = await openDatabase(existing.place);
    try {
      return await work(db);
    } finally {
      await db.destroy();
    }
  } finally {
    await claimed.claim.release();
  }
}

async function readRootKey(path: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The passkeys of everybody who may approve for the whole city, each under its owner. */
async function approverKeys(db: Queries): Promise<{ keys: Approvers['keys']; names: string[] }> {
  const keys: Approvers['keys'] = {};
  const names: string[] = [];
  for (const { id, name, role, unit, closedAt } of await listPeople(db)) {
    if (closedAt !== null || unit !== null || !needsSecondFactor(role)) continue;
    const passkeys = await passkeysOf(db, id);
    for (const { public_key, rp_id } of passkeys) {
      const publicKey = spkiOfCose(public_key);
      keys[approverKeyId(publicKey)] = { publicKey, host: rp_id, person: id };
    }
    if (passkeys.length > 0) names.push(name);
  }
  return { keys, names };
}

const signUsage = `node main.js sign-root --data DIR --root-key FILE ${audiences.map((audience) => `[--${audience} PEOPLE]`).join(' ')}`;

/**
 * The next root document, signed by the root key. With numbers it asks that many approvers to sign content for an audience, by the passkeys that they have now;
 * without, it keeps the numbers and takes the passkeys anew.
 */
export const signRoot: Command = async (words, { databaseUrl, now }) => {
  const read = readWords(words, signUsage, ['data', 'root-key'], audiences);
  if (!('values' in read)) return read;
  const { data, 'root-key': keyPath, ...given } = read.values;
  const root = await readRootKey(keyPath);
  if (!root) return no(`${keyPath}: không phải tệp khóa gốc · is no root key`);
  return alone(data, databaseUrl, async (db) => {
    const latest = await openRoot(db, root);
    if (!latest) return no(`${data}: chưa có tài liệu gốc · has no root document yet`);
    const before = latest.document.roles.content.approvers?.thresholds;
    const thresholds = Object.fromEntries(audiences.map((audience) => [audience, Number(given[audience] ?? before?.[audience] ?? 0)]));
    const { keys, names } = await approverKeys(db);
    const approvers = approversSchema.safeParse({ keys, thresholds });
    if (!approvers.success) return no(signUsage);
    const most = Math.max(...Object.values(approvers.data.thresholds));
    if (most > names.length)
      return no(
        `Cần ${most} người có khóa truy cập, mới có ${names.length}: ${names.join(', ')} · ${most} people with passkeys are needed, there are ${names.length}`,
      );
    const loaded = await loadPrivateKeys(join(data, 'keys'), true);
    const { number, serverName } = latest.document;
    await transact(db, async (trx) => {
      await issueRoot(trx, { ...loaded, root }, number + 1, serverName || hostname(), most > 0 ? approvers.data : undefined, now);
      await appendAudit(trx, now, { who: 'server', what: 'root.sign', subject: String(number + 1), after: { thresholds, people: names } });
    });
    return {
      ok: true,
      lines: [
        `Tài liệu gốc số ${number + 1} đã ký. Khởi động máy chủ; màn hình tự nhận. · Root document ${number + 1} is signed. Start the server; screens follow by themselves.`,
        ...audiences.map((audience) => `${audience}: ${thresholds[audience] ?? 0}`),
        ...(most > 0 ? [`Người ký · Approvers: ${names.join(', ')}`] : []),
      ],
    };
  });
};

/** Copies the root key into a file for people to keep, reads it back, and only then removes it from the server. */
export const takeRootKey: Command = async (words, { databaseUrl, now }) => {
  const read = readWords(words, 'node main.js take-root-key --data DIR --to FILE', ['data', 'to']);
  if (!('values' in read)) return read;
  const { data, to } = read.values;
  const path = join(data, 'keys', rootKeyFile);
  const key = await readRootKey(path);
  if (!key) return no(`${path}: không còn khóa gốc ở đây · there is no root key here any more`);
  if (existsSync(to)) return no(`${to}: đã có tệp này · is there already`);
  return alone(data, databaseUrl, async (db) => {
    if (!(await openRoot(db, key))) return no(`${data}: chưa có tài liệu gốc · has no root document yet`);
    await writeDurably(to, await readFile(path, 'utf8'), 0o600);
    const copy = await readRootKey(to);
    if (!copy?.equals(key)) return no(`${to}: không đọc lại được · could not be read back`);
    await rm(path);
    await appendAudit(db, now, { who: 'server', what: 'root.take', subject: 'root' });
    return {
      ok: true,
      lines: [
        `Khóa gốc nay chỉ còn ở ${to}. Giữ hai bản ở hai nơi, ngoài máy chủ. · The root key is in ${to} only. Keep two copies in two places, off the server.`,
      ],
    };
  });
};

/** Every signature of an approver that was ever kept, held against the root documents that named its key. */
export const checkApprovals: Command = async (words, { databaseUrl }) => {
  const read = readWords(words, 'node main.js check-approvals --data DIR', ['data']);
  if (!('values' in read)) return read;
  const existing = existingDatabase(read.values.data, databaseUrl);
  if (!existing.ok) return no(existing.reason);
  const db = await openDatabase(existing.place);
  try {
    const keys: Approvers['keys'] = {};
    for (const text of await allRoots(db)) {
      const root = readPayload(envelopeSchema.parse(JSON.parse(text)).payload, rootDocumentSchema);
      if (root.ok) Object.assign(keys, root.document.roles.content.approvers?.keys);
    }
    const names = new Map((await listPeople(db)).map(({ id, name }) => [id, name]));
    const lines: string[] = [];
    let broken = 0;
    const manifests = (await approvedManifests(db)).map(({ channel, version, envelope }) => ({
      purpose: 'manifest' as const,
      name: `${channel} ${version}`,
      envelope,
    }));
    const alerts = (await approvedOrders(db)).map(({ document, envelope }) => ({
      purpose: 'order' as const,
      name: `${document.kind} ${document.number}`,
      envelope,
    }));
    for (const { purpose, name, envelope } of [...manifests, ...alerts]) {
      const holding = approvalsThatHold(envelope, purpose, keys, assertions);
      const bad = (envelope.approvals?.length ?? 0) - holding.length;
      broken += bad;
      const who = holding.map(({ person }) => names.get(person) ?? person).join(', ');
      lines.push(`${name}: ${who}${bad > 0 ? ` · ${bad} chữ ký KHÔNG đúng · do NOT hold` : ''}`);
    }
    return { ok: broken === 0, lines: lines.length > 0 ? lines : ['Chưa có chữ ký nào · No signature yet'] };
  } finally {
    await db.destroy();
  }
};
