import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDocumentStore } from './document-store.ts';
import { newPrivateKey, sha256, signingKey } from './ed25519.ts';
import { silentLog } from './testing/bench-player.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-documents-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('clears away what nobody keeps, finished or half written, and never what is kept and still being written', async () => {
  const documents = openDocumentStore(folder, silentLog);
  const envelope = signingKey(newPrivateKey()).sign('snapshot', { made: 'up' });
  const kept = sha256(envelope.payload);
  const old = 'a'.repeat(64);
  for (const name of [`${old}.json`, `${old}.json.new`, `${kept}.json.new`]) await writeFile(join(folder, name), '{}');
  await documents.keepOnly((hash) => hash === kept);
  expect(await readdir(folder)).toEqual([`${kept}.json.new`]);
});

test('keeps a document that is saved while others are cleared away', async () => {
  const documents = openDocumentStore(folder, silentLog);
  const key = signingKey(newPrivateKey());
  const envelopes = Array.from({ length: 20 }, (_, index) => key.sign('snapshot', { index }));
  const arriving = new Set(envelopes.map(({ payload }) => sha256(payload)));
  await Promise.all(envelopes.flatMap((envelope) => [documents.save(envelope), documents.keepOnly((hash) => arriving.has(hash))]));
  expect((await documents.hashes()).sort()).toEqual([...arriving].sort());
});
