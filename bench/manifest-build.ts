// How long a publish takes that reaches 5,000 screens in 50 channels: 50 manifests, signed and durable, against as many bare signatures and inserts of the same bytes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { channelsOfPlaylist, ensureChannel } from '../server/channels/channel-store.ts';
import { transact } from '../server/database/open-database.ts';
import { publishPlaylist } from '../server/manifests/publish.ts';
import { findPlaylist } from '../server/playlists/playlist-store.ts';
import { newBox } from '../server/testing/test-player.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { addScreens } from './support/add-screens.ts';
import { percentile, report } from './support/report.ts';

const screens = Number(process.env['BENCH_SCREENS'] ?? 5_000);
const channels = 50;
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), 'ihanoi-build-'));
const server = await startTestServer();
const { db, keys, now } = server.context;
try {
  const ids = Array.from({ length: channels }, (_, index) => `kenh-${index}`);
  for (const id of ids) await ensureChannel(db, id, id, 'reception');
  const { publicKey } = newBox();
  await addScreens(
    server.context,
    Array.from({ length: screens }, (_, index) => ({ channel: ids[index % channels] ?? '', publicKey: `${publicKey}${index}`, like: 'reception' })),
  );
  const revision = (await findPlaylist(db, 'reception'))?.revision ?? 0;
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await transact(db, async (trx) =>
      publishPlaylist(trx, 'reception', revision, await channelsOfPlaylist(trx, 'reception'), { keys, by: 'bench', at: now() }),
    );
    took.push(performance.now() - began);
  }

  const documents = await db.selectFrom('manifests').select('envelope').orderBy('version', 'desc').limit(channels).execute();
  const payloads = documents.map(({ envelope }) => JSON.parse(envelope) as { payload: string });
  const bare = new DatabaseSync(join(folder, 'bare.sqlite'));
  bare.exec('pragma journal_mode = wal; pragma synchronous = full; create table documents (sha256 text primary key, envelope text not null) strict');
  const insert = bare.prepare('insert into documents values (?, ?)');
  const bareBegan = performance.now();
  bare.exec('begin');
  for (const { payload } of payloads) {
    const { sha256, envelope } = keys.sign('manifest', JSON.parse(payload));
    insert.run(sha256, JSON.stringify(envelope));
  }
  bare.exec('commit');
  const direct = performance.now() - bareBegan;
  bare.close();
  const baseline = { name: `${documents.length} bare signatures and inserts in one transaction`, value: direct };
  report({ bench: 'manifest-build', metric: `publish-to-${screens}-screens-p50`, value: percentile(took, 0.5), unit: 'ms', baseline });
  report({ bench: 'manifest-build', metric: 'screens', value: (screens / percentile(took, 0.5)) * 1_000, unit: 'per-second' });
} finally {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
}
