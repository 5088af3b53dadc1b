import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openFirstRoot, rootDocumentSchema, signersFor } from '../../core/root-document.ts';
import { openEnvelope } from '../../core/signed.ts';
import { openDatabase, type Queries } from '../database/open-database.ts';
import { verify } from './ed25519.ts';
import { loadPrivateKeys } from './key-files.ts';
import { openKeys } from './open-keys.ts';
import { latestRoot } from './root-store.ts';

const dayMs = 86_400_000;
const start = Date.parse('2024-11-01T00:00:00+07:00');
let folder: string;
let db: Queries;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi keys '));
  db = await openDatabase(':memory:');
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const open = async (at: number) => openKeys(db, await loadPrivateKeys(folder, (await latestRoot(db)) !== undefined), 'Hà Nội', at);

it('makes both keys once, readable by their owner only, and root 1 signed by the root key', async () => {
  const keys = await open(start);
  const pem = readFileSync(join(folder, 'root.pem'), 'utf8');
  expect(statSync(join(folder, 'root.pem')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'content.pem')).mode & 0o777).toBe(0o600);
  expect(openFirstRoot(keys.root.envelope, verify)).toMatchObject({ ok: true, document: { number: 1, serverName: 'Hà Nội' } });
  const again = await open(start + dayMs);
  expect(again.root.sha256).toBe(keys.root.sha256);
  expect(readFileSync(join(folder, 'root.pem'), 'utf8')).toBe(pem);
});

it('signs so that a player accepts it for its purpose and for no other', async () => {
  const keys = await open(start);
  const { envelope } = keys.sign('manifest', { a: 1 });
  const signers = signersFor(keys.root.document, 'manifest', 'traffic');
  const schema = z.object({ a: z.number() });
  expect(openEnvelope(envelope, 'manifest', schema, signers, verify)).toEqual({ ok: true, document: { a: 1 } });
  expect(openEnvelope(envelope, 'snapshot', schema, signers, verify)).toMatchObject({ ok: false, reason: 'bad-signature' });
  expect(openEnvelope({ ...envelope, payload: '{"a":2}' }, 'manifest', schema, signers, verify)).toMatchObject({ ok: false, reason: 'bad-signature' });
});

it('issues the next root, signed by the same root key, when the end of the content key comes near', async () => {
  const first = await open(start);
  const later = start + (2 * 365 + 1) * dayMs;
  const second = await open(later);
  expect(second.root.document.number).toBe(2);
  expect(second.root.document.roles.content.until).toBeGreaterThan(later + 365 * dayMs);
  const byFirst = openEnvelope(second.root.envelope, 'root', rootDocumentSchema, signersFor(first.root.document, 'root', 'indoor'), verify);
  expect(byFirst.ok).toBe(true);
});

it('issues the next root when the content key was lost, goes on without the root key, and stops when both are gone', async () => {
  await open(start);
  rmSync(join(folder, 'content.pem'));
  expect((await open(start)).root.document.number).toBe(2);
  rmSync(join(folder, 'root.pem'));
  const without = await open(start);
  expect(without.root.document.number).toBe(2);
  await without.issueRootAbove(db, 5, start);
  expect(without.root.document.number).toBe(2);
  expect((await open(start + (2 * 365 + 1) * dayMs)).root.document.number).toBe(2);
  rmSync(join(folder, 'content.pem'));
  await expect(open(start)).rejects.toThrow('run `main.js sign-root`');
});

it('never replaces a key file that it cannot read', async () => {
  await open(start);
  writeFileSync(join(folder, 'root.pem'), 'torn');
  await expect(open(start)).rejects.toThrow();
  expect(readFileSync(join(folder, 'root.pem'), 'utf8')).toBe('torn');
});
