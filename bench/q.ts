// How fast codes are answered: requests a second and p99 of /q/CODE on a whole server, against a bare Fastify route that sends the same redirect.
import fastify from 'fastify';
import { encodePlacement } from '../core/links.ts';
import { currentCampaign, putCurrentCampaign } from '../server/campaigns/campaign-store.ts';
import { listScreens } from '../server/screens/screen-store.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { percentile, report } from './support/report.ts';

const requests = 5_000;
const phones = 32;
const store = 'https://play.google.com/store/apps/details?id=vn.example';
const agent = 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

/** @returns requests a second, and the 99th percentile of their times */
async function load(url: string): Promise<{ perSecond: number; p99Ms: number }> {
  const times: number[] = [];
  let sent = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: phones }, async () => {
      while (sent < requests) {
        const number = sent++;
        const start = performance.now();
        // Each phone behind its own address, as nginx hands it on.
        const headers = { 'user-agent': agent, 'x-forwarded-for': `10.0.${number >> 8}.${number & 255}` };
        const answer = await fetch(url, { redirect: 'manual', headers });
        if (answer.status !== 302) throw new Error(`answered ${answer.status}`);
        await answer.arrayBuffer();
        times.push(performance.now() - start);
      }
    }),
  );
  return { perSecond: (requests / (performance.now() - began)) * 1_000, p99Ms: percentile(times, 0.99) };
}

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
  await load(`${baseline}/q/${code}`);
  await load(`${server.url}/q/${code}`);
  const plain = await load(`${baseline}/q/${code}`);
  const counted = await load(`${server.url}/q/${code}`);
  const name = 'a bare Fastify route with the same redirect';
  report({ bench: 'q', metric: 'requests', value: counted.perSecond, unit: 'per-second', baseline: { name, value: plain.perSecond } });
  report({ bench: 'q', metric: 'p99', value: counted.p99Ms, unit: 'ms', aim: 50, baseline: { name, value: plain.p99Ms } });
} finally {
  await bare.close();
  await server.end();
}
