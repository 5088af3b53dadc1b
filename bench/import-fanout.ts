// How long figures of 126 communes take from their confirmation to the last of 1,000 simulated players, against a bare socket.io emit of the same bytes to as many sockets.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { z } from 'zod';
import { importPreviewSchema, importPaths } from '../core/import-api.ts';
import { newSecret } from '../server/keys/secret.ts';
import { addPerson } from '../server/people/person-store.ts';
import { currentSnapshots, pushOf } from '../server/scoreboard/snapshot-store.ts';
import { newBox } from '../server/testing/test-player.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { addToken } from '../server/tokens/token-store.ts';
import { unitsOfTree } from '../server/units/unit-store.ts';
import { addScreens } from './support/add-screens.ts';
import { openMany, sharedNow } from './support/many-sockets.ts';
import { percentile, report } from './support/report.ts';

const players = Number(process.env['BENCH_PLAYERS'] ?? 1_000);
const rounds = 9;
const tree = 'hanoi-communes-2025';

const server = await startTestServer({ tree });
const { db, now } = server.context;
const bare = createServer();
const emitter = new Server(bare, { transports: ['websocket'], serveClient: false, httpCompression: false, perMessageDeflate: false });
try {
  const boxes = Array.from({ length: players }, () => newBox());
  await addScreens(
    server.context,
    boxes.map(({ publicKey }) => ({ channel: 'reception', publicKey })),
  );
  const secret = newSecret('ihanoi_');
  const person = (await addPerson(db, 'Bench', 'admin', now())).id;
  await addToken(db, { secretHash: secret.hash, name: 'Bench', scopes: ['scoreboard'], person, createdAt: now(), expiresAt: now() + 86_400_000 });

  const post = async (path: string, body: string, type: string) => {
    const answer = await fetch(server.url + path, { method: 'POST', body, headers: { authorization: `Bearer ${secret.text}`, 'content-type': type } });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  const units = await unitsOfTree(db, tree);
  const csv = (round: number) => `Mã;Lũy kế;Mẫu số\n${units.map(({ code }, index) => `${code};${10_000 + index * 7 + round};${30_000 + index}`).join('\n')}\n`;

  const privateKeys = boxes.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
  const many = await openMany({ url: server.url, event: 'snapshot', bare: false, keys: privateKeys });
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { id } = importPreviewSchema.parse(await post(`${importPaths.imports}?sample=false`, csv(round), 'text/csv'));
    const began = sharedNow();
    const [last] = await Promise.all([many.nextLast(), post(importPaths.confirm(id), '{}', 'application/json')]);
    took.push(last - began);
  }
  many.stop();

  const campaign = z.object({ id: z.string() }).parse(await db.selectFrom('campaigns').select('id').where('current', '=', 1).executeTakeFirst());
  const standing = await currentSnapshots(db, campaign.id, tree, 'real');
  if (!standing) throw new Error('there are no figures');
  const push = pushOf(standing);
  await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
  const sockets = await openMany({ url: `http://127.0.0.1:${(bare.address() as AddressInfo).port}`, event: 'snapshot', bare: true, keys: privateKeys });
  const emitted: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = sharedNow();
    emitter.emit('snapshot', push);
    emitted.push((await sockets.nextLast()) - began);
  }
  sockets.stop();
  const baseline = { name: `a bare socket.io emit of the same ${JSON.stringify(push).length} bytes to ${players} sockets`, value: percentile(emitted, 0.5) };
  report({ bench: 'import-fanout', metric: 'confirm-to-last-of-players-p50', value: percentile(took, 0.5), unit: 'ms', baseline });
  report({ bench: 'import-fanout', metric: 'confirm-to-last-of-players-worst', value: Math.max(...took), unit: 'ms' });
} finally {
  await emitter.close();
  await server.end();
}
