// How long a publish takes from the request to the last of 1,000 simulated players that hears of it, and what each is sent, against a bare socket.io emit of the same bytes to as many sockets.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { playlistViewSchema, publishedSchema, playlistPaths } from '../core/playlist-api.ts';
import { sentItems } from '../core/playlist-draft.ts';
import { playerNamespace } from '../core/protocol.ts';
import { connect, newBox } from '../server/testing/test-player.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { signedInFetch } from '../tests/support/staff.ts';
import { addScreens } from './support/add-screens.ts';
import { openMany, sharedNow } from './support/many-sockets.ts';
import { percentile, report } from './support/report.ts';

const players = Number(process.env['BENCH_PLAYERS'] ?? 1_000);
const rounds = 7;

/** What this process has worked since, milliseconds: the same on a busy machine as on an idle one. */
const workedMs = (before: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const server = await startTestServer();
const bare = createServer();
const emitter = new Server(bare, { transports: ['websocket'], serveClient: false, httpCompression: false, perMessageDeflate: false });
try {
  const boxes = Array.from({ length: players }, () => newBox());
  const witness = newBox();
  await addScreens(
    server.context,
    [...boxes, witness].map((box) => ({ channel: 'reception', publicKey: box.publicKey })),
  );
  const staff = await signedInFetch(server.url, server.signInLink);
  const listener = connect(server.url, witness);
  await listener.prove();
  await listener.next('state');

  const privateKeys = boxes.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
  const many = await openMany({ url: server.url, event: 'state', bare: false, keys: privateKeys });
  const took: number[] = [];
  const worked: number[] = [];
  const answered: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const view = playlistViewSchema.parse(await staff('GET', playlistPaths.playlist('reception')));
    const saved = { revision: view.revision, items: sentItems(view.items).toReversed() };
    const { revision } = playlistViewSchema.parse(await staff('PUT', playlistPaths.playlist('reception'), saved));
    const [began, before] = [sharedNow(), process.cpuUsage()];
    const publish = async () => {
      publishedSchema.parse(await staff('POST', playlistPaths.publish('reception'), { revision }));
      answered.push(sharedNow() - began);
    };
    const [last] = await Promise.all([many.nextLast(), publish()]);
    took.push(last - began);
    worked.push(workedMs(before));
  }
  const told: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = sharedNow();
    server.context.players.stateChanged(['reception']);
    told.push((await many.nextLast()) - began);
  }
  many.stop();
  const state = await listener.next('state');
  const bytes = Buffer.byteLength(`42${playerNamespace},${JSON.stringify(['state', state])}`);
  listener.close();

  await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
  const sockets = await openMany({ url: `http://127.0.0.1:${(bare.address() as AddressInfo).port}`, event: 'state', bare: true, keys: privateKeys });
  const emitted: number[] = [];
  const bareWorked: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [began, before] = [sharedNow(), process.cpuUsage()];
    emitter.emit('state', state);
    emitted.push((await sockets.nextLast()) - began);
    bareWorked.push(workedMs(before));
  }
  sockets.stop();
  const baseline = { name: `a bare socket.io emit of the same ${bytes} bytes to ${players} sockets`, value: percentile(emitted, 0.5) };
  const facts = { bench: 'publish-fanout', unit: 'ms' } as const;
  report({ ...facts, metric: 'request-to-last-of-players-p50', value: percentile(took, 0.5), baseline });
  report({ ...facts, metric: 'notice-to-last-of-players-p50', value: percentile(told, 0.5), baseline, aim: 1.5 * baseline.value });
  report({ ...facts, metric: 'request-to-answer-p50', value: percentile(answered, 0.5) });
  const bareWork = { name: `the processor's time of that bare emit`, value: percentile(bareWorked, 0.5) };
  report({ ...facts, metric: 'processor-time-of-a-publish-p50', value: percentile(worked, 0.5), baseline: bareWork });
  report({ bench: 'publish-fanout', metric: 'bytes-a-player', value: bytes, unit: 'bytes', aim: 1_000 });
} finally {
  await emitter.close();
  await server.end();
}
