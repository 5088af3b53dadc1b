// How fast codes are answered: requests a second and p99 of /q/CODE on a whole server, against a bare Fastify route that sends the same redirect.
import fastify from 'fastify';
import { encodePlacement } from '../core/links.ts';
import { currentCampaign, putCurrentCampaign } from '../server/campaigns/campaign-store.ts';
import { listScreens } from '../server/screens/screen-store.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { readers } from './support/readers.ts';
import { report } from './support/report.ts';

const phones = 32;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 5);
const store = 'https://play.google.com/store/apps/details?id=vn.example';
const agent = 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

const load = (url: string, forSeconds = seconds) => readers(phones, url, forSeconds, { status: 302, headers: { 'user-agent': agent }, addresses: true });

const server = await startTestServer();
const bare = fastify();
try {
  const { db } = server.context;
  const campaign = await currentCampaign(db);
  if (!campaign) throw new Error('no campaign');
  await putCurrentCampaign(db, { ...campaign, links: { ...campaign.links, android: { url: store, confirmed: true } } }, Date.now());
  const [screen] = await listScreens(db);
  const code = encodePlacement({ owner: screen?.number ?? 0, item: 1 });
  bare.get('/q/:code', (_request, reply) => reply.header('cache-control', 'no-store').redirect(store, 302));
  const baseline = await bare.listen({ port: 0, host: '127.0.0.1' });

  // Both once to warm up.
  await load(`${baseline}/q/${code}`, 1);
  await load(`${server.url}/q/${code}`, 1);
  const plain = await load(`${baseline}/q/${code}`);
  const counted = await load(`${server.url}/q/${code}`);
  const name = 'a bare Fastify route with the same redirect';
  report({ bench: 'q', metric: 'requests', value: counted.perSecond, unit: 'per-second', baseline: { name, value: plain.perSecond } });
  report({ bench: 'q', metric: 'p99', value: counted.p99Ms, unit: 'ms', aim: 50, baseline: { name, value: plain.p99Ms } });
} finally {
  await bare.close();
  await server.end();
}
