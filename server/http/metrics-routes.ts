// Health and metrics for whoever watches the server.
import { isIP } from 'node:net';
import { z } from 'zod';
import type { ServerContext, App } from '../context.ts';
import { ApiFailure } from '../api-failure.ts';
import type { LivePlayers } from '../players/players.ts';
import { countScreens } from '../screens/screen-store.ts';

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}

export function metricsRoutes(app: App, { db }: ServerContext, players: LivePlayers): void {
  let registry: Promise<import('prom-client').Registry> | undefined;

  // Loaded when somebody first asks: most servers are never scraped.
  const open = async () => {
    const { collectDefaultMetrics, Gauge, Registry } = await import('prom-client');
    const metrics = new Registry();
    collectDefaultMetrics({ register: metrics });
    const registers = [metrics];
    const gauge = (name: string, help: string, read: () => Promise<number>) => {
      const made: import('prom-client').Gauge = new Gauge({ name, help, registers, collect: async () => made.set(await read()) });
    };
    gauge('ihanoi_players_connected', 'Players that are connected now', async () => players.count());
    gauge('ihanoi_screens', 'Registered screens', async () => (await countScreens(db)).screens);
    gauge('ihanoi_plays_received', 'Turns shown, as the players proved them', async () => (await countScreens(db)).plays);
    return metrics;
  };

  app.get(
    '/metrics',
    { config: { access: 'public' }, schema: { summary: 'Metrics for Prometheus, answered to the machine itself only', tags: ['operation'] } },
    async (request, reply) => {
      if (!isLoopback(request.ip)) throw new ApiFailure('not-allowed');
      const metrics = await (registry ??= open());
      return reply.type(metrics.contentType).send(await metrics.metrics());
    },
  );

  app.get(
    '/healthz',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        summary: 'Whether the server and its database answer',
        tags: ['operation'],
        response: { 200: z.object({ ok: z.literal(true), screens: z.int() }) },
      },
    },
    async (_request, reply) => {
      const { screens } = await countScreens(db);
      return reply.header('cache-control', 'no-store').send({ ok: true as const, screens });
    },
  );
}
