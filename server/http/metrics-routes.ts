// Metrics for whoever watches the server: screens by what they show, ages of what waits, the server's own process.
import { isIP } from 'node:net';
import { screenConditions } from '../../core/screen-api.ts';
import type { HealthReport } from '../../core/health.ts';
import { orderKinds } from '../../core/orders.ts';
import { instantSchema } from '../../core/primitives.ts';
import { auditHead } from '../audit/audit-store.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext, App } from '../context.ts';
import { ApiFailure } from '../api-failure.ts';
import type { LivePlayers } from '../players/players.ts';
import { standingOrders } from '../orders/order-store.ts';
import { lastBackupKey } from '../maintenance/last-backup.ts';
import { openApprovals } from '../publishing/approval-store.ts';
import { currentSnapshots } from '../scoreboard/snapshot-store.ts';
import { countScreens, listScreens } from '../screens/screen-store.ts';
import { screenViews } from '../screens/screen-view.ts';
import { readSetting } from '../settings/setting-store.ts';

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}

export function metricsRoutes(app: App, context: ServerContext, players: LivePlayers): void {
  const { db, now } = context;
  const views = screenViews(context, players);
  const secondsSince = (at: number) => Math.max(0, (now() - at) / 1_000);
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
    gauge('ihanoi_screens_by_condition', 'Screens by what they show: correct, updating, wrong, lost and so on', ['condition'], async () => {
      const all = await views.all();
      return screenConditions.map((condition) => ({ labels: { condition }, value: all.filter((screen) => screen.condition === condition).length }));
    });
    gauge('ihanoi_screen_report_age_seconds', 'Age of the last report of each connected screen', ['screen'], () => reported(({ at }) => secondsSince(at)));
    gauge('ihanoi_approval_oldest_seconds', 'How long the oldest approval that waits has waited; 0 when none does', [], async () => {
      const asked = (await openApprovals(db)).map(({ askedAt }) => askedAt);
      return one(asked.length === 0 ? 0 : secondsSince(Math.min(...asked)));
    });
    gauge('ihanoi_figures_age_seconds', 'Age of the figures in force, by their own instant', [], async () => {
      const campaign = await currentCampaign(db);
      const snapshots = campaign && (await currentSnapshots(db, campaign.id, campaign.tree, campaign.trial ? 'trial' : 'real'));
      return snapshots ? one(secondsSince(snapshots.current.snapshot.asOf)) : [];
    });
    gauge('ihanoi_audit_entries', 'Number of the latest entry of the audit log', [], () => one(auditHead(db).then((head) => head?.id ?? 0)));
    gauge('ihanoi_backup_timestamp_seconds', 'When the last whole backup was made, Unix time; 0 before the first', [], async () => {
      const last = await readSetting(db, lastBackupKey, instantSchema);
      return last === undefined ? [] : one(last / 1_000);
    });
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
}
