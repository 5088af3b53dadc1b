// How soon 5,000 simulated players are in sync again after the server was restarted under them, against the window over which they spread themselves, and what memory that takes the server.
import { readFileSync } from 'node:fs';
import { newPrivateKey, signingKey } from '../player/ed25519.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { startServerChild } from '../tests/support/box.ts';
import { addScreens } from './support/add-screens.ts';
import { sharedNow } from './support/many-sockets.ts';
import { report } from './support/report.ts';
import { startReturning } from './support/returning-players.ts';

const players = Number(process.env['BENCH_PLAYERS'] ?? 5_000);

const keys = Array.from({ length: players }, newPrivateKey);
const prepared = await startTestServer();
try {
  await addScreens(
    prepared.context,
    keys.map((key) => ({ channel: 'reception', publicKey: signingKey(key).publicKey })),
  );
  await prepared.stop();

  const place = { folder: prepared.folder, port: Number(new URL(prepared.url).port) };
  const first = startServerChild(place);
  await first.message('ready');
  const many = startReturning({ url: prepared.url, keys });
  try {
    const before = await many.allBack();
    await first.end();
    const second = startServerChild(place);
    try {
      await second.message('ready');
      const ready = sharedNow();
      const after = await many.allBack();
      const facts = { bench: 'restart' } as const;
      const baseline = { name: `the window over which ${players} players spread`, value: before.windowMs };
      report({ ...facts, metric: 'ready-to-last-in-sync', value: after.last - ready, unit: 'ms', aim: 1.5 * before.windowMs, baseline });
      report({ ...facts, metric: 'tries-of-a-player-that-fell', value: (after.tries - before.tries) / players, unit: 'ratio' });
      report({ ...facts, metric: 'refused', value: (after.refused - before.refused) / players, unit: 'ratio', aim: 0 });
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${second.child.pid ?? 0}/status`, 'utf8'))?.[1];
      report({ ...facts, metric: 'server-memory-at-most', value: Number(peak) / 1_024, unit: 'MB' });
    } finally {
      await second.end();
    }
  } finally {
    many.stop();
    await first.end();
  }
} finally {
  await prepared.end();
}
