// Whether an attack on the sign-in slows the plays that come in: how long a batch waits for its answer at rest, and while hundreds of addresses try passwords.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { playerPaths } from '../core/protocol.ts';
import { newPrivateKey, signingKey } from '../player/ed25519.ts';
import { bindKey, listScreens } from '../server/screens/screen-store.ts';
import { chainOf } from '../server/testing/test-player.ts';
import { signedInPerson } from '../server/testing/test-people.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { percentile, report } from './support/report.ts';

const batches = 60;
const attackers = 64;
const turns = 50;

const server = await startTestServer();
const { db } = server.context;
const { hostname, port } = new URL(server.url);
const agent = new Agent({ keepAlive: true });

/** @param from an address of the loopback network, so that the limits by address do not end the attack */
function post(path: string, body: string, from?: string): Promise<number> {
  return new Promise((answered, failed) => {
    const headers = { 'content-type': 'application/json', origin: server.url };
    const options = { hostname, port, path, method: 'POST', headers, agent: from === undefined ? agent : undefined };
    const sent = request({ ...options, ...(from === undefined ? {} : { localAddress: from }) }, (answer) => {
      answer.resume();
      answer.on('end', () => answered(answer.statusCode ?? 0));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

try {
  const screen = (await listScreens(db))[0]?.id ?? '';
  const key = signingKey(newPrivateKey());
  await bindKey(db, screen, key.publicKey, Date.now());
  const person = await signedInPerson(server, 'admin');
  await db.updateTable('people').set({ login: 'lan.nguyen' }).where('id', '=', person.id).execute();

  const send = async (): Promise<number[]> => {
    const took: number[] = [];
    for (let index = 0; index < batches; index++) {
      const entries = chainOf(turns, 'a'.repeat(64), Date.now());
      const body = JSON.stringify(key.sign('plays', { screen, chain: randomUUID(), entries }));
      const began = performance.now();
      const status = await post(playerPaths.plays, body);
      if (status !== 200) throw new Error(`a batch was answered ${status}`);
      took.push(performance.now() - began);
    }
    return took;
  };

  await send();
  const atRest = await send();
  let isOver = false;
  let tries = 0;
  const attack = async (number: number) => {
    for (let round = 0; !isOver; round++) {
      const from = `127.${1 + (number % 200)}.${(round >> 8) & 255}.${1 + (round & 127)}`;
      await post(
        '/api/session',
        JSON.stringify({ login: round % 2 === 0 ? 'lan.nguyen' : `ai.do${round}`, password: `sai ${number} ${round} mat khau` }),
        from,
      );
      tries += 1;
    }
  };
  const attacking = Promise.all(Array.from({ length: attackers }, (_, number) => attack(number)));
  const began = performance.now();
  const attacked = await send();
  const seconds = (performance.now() - began) / 1_000;
  isOver = true;
  await attacking;

  const baseline = { name: 'the same batches at rest, p50', value: percentile(atRest, 0.5) };
  report({ bench: 'login-attack', metric: 'batch-under-attack-p50', value: percentile(attacked, 0.5), unit: 'ms', baseline });
  report({
    ...{ bench: 'login-attack', metric: 'batch-under-attack-p95', value: percentile(attacked, 0.95), unit: 'ms' },
    baseline: { name: 'the same batches at rest, p95', value: percentile(atRest, 0.95) },
  });
  report({ bench: 'login-attack', metric: 'tries', value: tries / seconds, unit: 'per-second' });
} finally {
  agent.destroy();
  await server.end();
}
