// How the public page of the scoreboard holds while figures come in every second: pages a second and p99 for a crowd, against a bare Fastify route that sends a page of as many bytes; and how long an import takes meanwhile.
import fastify from 'fastify';
import { importPreviewSchema, importPaths } from '../core/import-api.ts';
import { newSecret } from '../server/keys/secret.ts';
import { addPerson } from '../server/people/person-store.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { addToken } from '../server/tokens/token-store.ts';
import { unitsOfTree } from '../server/units/unit-store.ts';
import { readers } from './support/readers.ts';
import { report } from './support/report.ts';

const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);
const crowd = 32;
const tree = 'hanoi-communes-2025';

/** Each reader's requests from other addresses: one alone may not ask so often. */
const load = (url: string, forSeconds = seconds) => readers(crowd, url, forSeconds, { addresses: true });

const server = await startTestServer({ tree });
const bare = fastify();
try {
  const { db, now } = server.context;
  const secret = newSecret('ihanoi_');
  const person = (await addPerson(db, 'Bench', 'admin', now())).id;
  await addToken(db, { secretHash: secret.hash, name: 'Bench', scopes: ['scoreboard'], person, createdAt: now(), expiresAt: now() + 86_400_000 });
  const units = await unitsOfTree(db, tree);
  const csv = (round: number) => `Mã;Lũy kế;Mẫu số\n${units.map(({ code }, index) => `${code};${10_000 + index * 7 + round};${30_000 + index}`).join('\n')}\n`;
  const post = async (path: string, body: string, type: string) => {
    const answer = await fetch(server.url + path, { method: 'POST', body, headers: { authorization: `Bearer ${secret.text}`, 'content-type': type } });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  let rounds = 0;
  const took: number[] = [];
  const publish = async () => {
    const began = performance.now();
    const { id } = importPreviewSchema.parse(await post(`${importPaths.imports}?sample=false`, csv(rounds++), 'text/csv'));
    await post(importPaths.confirm(id), '{}', 'application/json');
    took.push(performance.now() - began);
  };

  await publish();
  const page = `${server.url}/scoreboard`;
  const text = await (await fetch(page)).text();
  bare.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(text));
  const plainPage = await bare.listen({ port: 0, host: '127.0.0.1' });

  // Both once to warm up.
  await load(plainPage, 1);
  await load(page, 1);
  const plain = await load(plainPage);
  const alone = await load(page);
  took.length = 0;
  let publishing = Promise.resolve();
  const everySecond = setInterval(() => {
    publishing = publishing.then(publish);
  }, 1_000);
  const busy = await load(page);
  clearInterval(everySecond);
  await publishing;

  const name = 'a bare Fastify route that sends a page of as many bytes';
  report({ bench: 'public-page', metric: 'pages', value: alone.perSecond, unit: 'per-second', baseline: { name, value: plain.perSecond } });
  report({
    bench: 'public-page',
    metric: 'pages-with-an-import-a-second',
    value: busy.perSecond,
    unit: 'per-second',
    baseline: { name, value: plain.perSecond },
  });
  report({ bench: 'public-page', metric: 'p99-with-an-import-a-second', value: busy.p99Ms, unit: 'ms', baseline: { name, value: plain.p99Ms } });
  report({ bench: 'public-page', metric: 'import-under-load-worst', value: Math.max(...took), unit: 'ms' });
} finally {
  await bare.close();
  await server.end();
}
