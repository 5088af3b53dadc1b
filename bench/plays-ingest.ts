// How fast plays come in: 100,000 entries in signed batches over HTTP, durable when answered, against a bare batched insert of the same rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { randomUUID } from 'node:crypto';
import { maxBatchEntries, playEntrySchema } from '../core/play.ts';
import { playerPaths } from '../core/protocol.ts';
import { newPrivateKey, signingKey } from '../player/ed25519.ts';
import { bindKey, listScreens } from '../server/screens/screen-store.ts';
import { chainOf } from '../server/testing/test-player.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { report } from './support/report.ts';
import { sendAll } from './support/senders.ts';

const rows = 100_000;
const senders = 4;
const manifest = 'a'.repeat(64);

const folder = mkdtempSync(join(tmpdir(), 'ihanoi-ingest-'));
const server = await startTestServer();
try {
  const screens = (await listScreens(server.context.db)).slice(0, 1);
  const screen = screens[0]?.id ?? '';
  const key = signingKey(newPrivateKey());
  await bindKey(server.context.db, screen, key.publicKey, Date.now());

  // What many boxes hand in at once after an outage; every chain has its own order, so each sender sends one batch after the other.
  const queues = Array.from({ length: senders }, () => {
    const chain = randomUUID();
    const texts = chainOf(rows / senders / 2, manifest, Date.now());
    const batches: string[] = [];
    for (let at = 0; at < texts.length; at += maxBatchEntries) {
      batches.push(JSON.stringify(key.sign('plays', { screen, chain, entries: texts.slice(at, at + maxBatchEntries) })));
    }
    return { chain, texts, batches };
  });

  const http = await sendAll({ url: `${server.url}${playerPaths.plays}`, queues: queues.map(({ batches }) => batches) });

  // The same table with the same keys and indexes, the same rows, one transaction a batch, flushed.
  const bare = new DatabaseSync(join(folder, 'bare.sqlite'));
  bare.exec('pragma journal_mode = wal; pragma synchronous = full');
  const source = new DatabaseSync(join(server.folder, 'server.sqlite'), { readOnly: true });
  const definitions = source.prepare(`select sql from sqlite_schema where tbl_name = 'plays' and sql is not null order by rootpage`).all();
  source.close();
  bare.exec('pragma foreign_keys = off');
  for (const { sql } of definitions) bare.exec(String(sql));
  const columns = [
    'screen',
    'chain',
    'seq',
    'campaign',
    'kind',
    'at',
    'clock_trusted',
    'item',
    'scene',
    'manifest',
    'opened',
    'outcome',
    'entry',
    'received_at',
  ];
  const insert = bare.prepare(`insert into plays (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
  const ready = queues.flatMap(({ chain, texts }) =>
    texts.map((text) => {
      const entry = playEntrySchema.parse(JSON.parse(text));
      const open = entry.kind === 'open' ? entry : undefined;
      const close = entry.kind === 'close' ? entry : undefined;
      return [
        ...[screen, chain, entry.seq, 'campaign', entry.kind, entry.at, 1, open?.item ?? null, open?.scene ?? null, open?.manifest ?? null],
        ...[close?.opened ?? null, close?.outcome ?? null, text, entry.at],
      ];
    }),
  );
  const bareBegan = performance.now();
  for (let at = 0; at < ready.length; at += maxBatchEntries) {
    bare.exec('begin');
    for (const row of ready.slice(at, at + maxBatchEntries)) insert.run(...row);
    bare.exec('commit');
  }
  const direct = performance.now() - bareBegan;
  bare.close();

  report({
    ...{ bench: 'plays-ingest', metric: 'rows', value: (rows / http) * 1_000, unit: 'per-second' },
    baseline: { name: 'bare batched insert into the same table', value: (rows / direct) * 1_000 },
  });
} finally {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
}
