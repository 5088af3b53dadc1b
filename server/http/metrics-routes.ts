// Health and metrics for whoever watches the server.
import { isIP } from 'node:net';
import { z } from 'zod';
import type { HealthReport } from '../../core/health.ts';
import { orderKinds } from '../../core/orders.ts';
import type { ServerContext, App } from '../context.ts';
import { ApiFailure } from '../api-failure.ts';
import type { LivePlayers } from '../players/players.ts';
import { standingOrders } from '../orders/order-store.ts';
import { countScreens, listScreens } from '../screens/screen-store.ts';

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}

export function metricsRoutes(app: App, { db, now }: ServerContext, players: LivePlayers): void {
  let registry: Promise<import('prom-client').Registry> | undefined;

  const reported = async (figure: (report: HealthReport) => number | null) =>
    (await listScreens(db)).flatMap(({ id, number }) => {
      const report = players.live(id)?.health?.report;
      const value = report ? figure(report) : null;
      return value === null ? [] : [{ labels: { screen: number }, value }];
    });

  // Loaded when somebody first asks: most servers are never scraped.
  const open = async () => {
    const { collectDefaultMetrics, Gauge, Registry } = await import('prom-client');
    const metrics = new Registry();
    collectDefaultMetrics({ register: metrics });
    const registers = [metrics];
    type Labelled = readonly { readonly labels: Record<string, string | number>; readonly value: number }[];
    const gauge = (name: string, help: string, labelNames: readonly string[], read: () => Promise<Labelled>) => {
      const made: import('prom-client').Gauge = new Gauge({
        ...{ name, help, labelNames: [...labelNames], registers },
        async collect() {
          const values = await read();
          made.reset();
          for (const { labels, value } of values) made.set(labels, value);
        },
      });
    };
    const one = async (value: Promise<number> | number): Promise<Labelled> => [{ labels: {}, value: await value }];
    gauge('ihanoi_players_connected', 'Players that are connected now', [], () => one(players.count()));
    gauge('ihanoi_screens', 'Registered screens', [], () => one(countScreens(db).then(({ screens }) => screens)));
    gauge('ihanoi_plays_received', 'Turns shown, as the players proved them', [], () => one(countScreens(db).then(({ plays }) => plays)));
    gauge('ihanoi_orders_standing', 'Orders in force', ['kind'], async () => {
      const standing = await standingOrders(db, now());
      return orderKinds.map((kind) => ({ labels: { kind }, value: standing.filter(({ document }) => document.kind === kind).length }));
    });
    gauge('ihanoi_screen_page_heap_bytes', 'Heap of the page, as each connected screen last reported it', ['screen'], () =>
      reported(({ memory }) => memory.pageHeapBytes),
    );
    gauge('ihanoi_screen_player_resident_bytes', 'Memory of the player, as each connected screen last reported it', ['screen'], () =>
      reported(({ memory }) => memory.playerRssBytes),
    );
    gauge('ihanoi_screen_journal_pending', 'Plays that a connected screen has not handed in yet', ['screen'], () => reported(({ journal }) => journal.pending));
    return metrics;
  };

  app.get(
    '/metrics',
    {
      config: { access: 'public' },
      schema: { summary: 'Metrics for Prometheus, answered to the machine itself only', tags: ['operation'], produces: ['text/plain'] },
    },
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
