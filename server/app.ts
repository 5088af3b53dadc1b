// Builds the server's app without listening: plugins, route modules, sockets. It only wires.
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { Server } from 'socket.io';
import { consoleNamespace, maxSocketBytes, playerNamespace } from '../core/protocol.ts';
import { requireAccess } from './access.ts';
import { appendAudit } from './audit/audit-store.ts';
import { campaignRoutes } from './campaigns/campaign-routes.ts';
import { nextCampaignRoutes } from './campaigns/next-campaign-routes.ts';
import { captureRoutes } from './captures/capture-routes.ts';
import { channelRoutes } from './channels/channel-routes.ts';
import { consoleSocket } from './console/console-socket.ts';
import { commandRoutes } from './commands/command-routes.ts';
import type { App, Routes, ServerContext } from './context.ts';
import type { Queries } from './database/open-database.ts';
import { refuseNul } from './http/clean-text.ts';
import { collectDocs, docsRoutes } from './http/docs-routes.ts';
import { answerErrors } from './http/error-answers.ts';
import { answersTo, keepToHosts, type Hosts } from './http/hosts.ts';
import { healthRoutes } from './http/health-routes.ts';
import { metricsRoutes } from './http/metrics-routes.ts';
import { servePages } from './http/page-routes.ts';
import { secure } from './http/security.ts';
import type { Keys } from './keys/keys.ts';
import { libraryRoutes } from './media/library-routes.ts';
import { mediaRoutes } from './media/media-routes.ts';
import { capRoutes } from './orders/cap/cap-routes.ts';
import { orderRoutes } from './orders/order-routes.ts';
import { accountRoutes } from './people/account-routes.ts';
import { checkCallers } from './people/caller.ts';
import { createPasswords } from './people/passwords.ts';
import { deputyRoutes } from './people/deputy-routes.ts';
import { passkeyRoutes } from './people/passkey-routes.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { sessionRoutes } from './people/session-routes.ts';
import { documentRoutes } from './players/document-routes.ts';
import { playerSocket } from './players/player-socket.ts';
import { playlistRoutes } from './playlists/playlist-routes.ts';
import { playRoutes } from './plays/play-routes.ts';
import { publicRoutes } from './public/public-routes.ts';
import { basisRoutes } from './publishing/basis-routes.ts';
import { signatureRoutes } from './publishing/signature-routes.ts';
import { canaryDesk, type CanaryDesk } from './publishing/canary-desk.ts';
import { canaryRoutes } from './publishing/canary-routes.ts';
import { publishingRoutes } from './publishing/publishing-routes.ts';
import { reportsRoutes } from './reports/report-routes.ts';
import { placementRoutes } from './scans/placement-routes.ts';
import { printRoutes } from './scans/print-routes.ts';
import { reportRoutes } from './scans/report-routes.ts';
import { openScanBook } from './scans/scan-book.ts';
import { scanHostRoutes } from './scans/scan-host-routes.ts';
import { scanRoutes } from './scans/scan-routes.ts';
import type { FetchRules } from './scoreboard/source/fetch-file.ts';
import { puller, type Puller } from './scoreboard/source/pull-figures.ts';
import { sourceRoutes } from './scoreboard/source/source-routes.ts';
import { scoreboardRoutes } from './scoreboard/scoreboard-routes.ts';
import { batchRoutes } from './screens/batch/batch-routes.ts';
import { pairingRoutes } from './screens/pairing-routes.ts';
import { screenRoutes } from './screens/screen-routes.ts';
import { pinRoutes } from './screens/pin-routes.ts';
import { serviceRoutes } from './screens/service-routes.ts';
import { changeRoutes } from './settings/change-routes.ts';
import { timelineRoutes } from './timeline/timeline-routes.ts';
import { tokenRoutes } from './tokens/token-routes.ts';

type NoEvents = Record<never, never>;
/** The namespaces name their own events. */
type Sockets = Server<NoEvents, NoEvents, NoEvents, NoEvents>;

export interface AppOptions {
  readonly db: Queries;
  readonly keys: Keys;
  readonly now: () => number;
  readonly log: FastifyBaseLogger;
  readonly filesDir: string;
  readonly assetsDir: string;
  readonly pages: { readonly console: string; readonly stage: string };
  readonly version: string;
  readonly proofTimeoutMs?: number;
  /** From where figures may be fetched. */
  readonly fetchRules: FetchRules;
  /** Scheme and host at which staff reach the server, where that is told. */
  readonly publicOrigin?: string;
  /** Which hosts answer what, where that was told. */
  readonly hosts?: Hosts;
}

export interface BuiltApp {
  readonly app: App;
  readonly context: ServerContext;
  readonly puller: Puller;
  readonly canaries: CanaryDesk;
}

const proofTimeoutMs = 10_000;

export async function buildApp(options: AppOptions): Promise<BuiltApp> {
  const { db, keys, now, log, filesDir } = options;
  const app: App = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    bodyLimit: 2 ** 20,
    routerOptions: { maxParamLength: 300 },
  })
    .withTypeProvider<ZodTypeProvider>()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler);
  app.addHook('onRoute', requireAccess);
  answerErrors(app);
  await collectDocs(app, options.version);
  await secure(app);
  keepToHosts(app, options.hosts ?? {});
  checkCallers(app, db, now, options.publicOrigin);
  refuseNul(app);

  const io: Sockets = new Server(app.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: maxSocketBytes,
    httpCompression: false,
    perMessageDeflate: false,
  });
  app.addHook('preClose', () => {
    io.of(playerNamespace).disconnectSockets(true);
    io.of(consoleNamespace).disconnectSockets(true);
    io.engine.close();
  });
  for (const [namespace, side] of [
    [playerNamespace, 'players'],
    [consoleNamespace, 'staff'],
  ] as const)
    io.of(namespace).use(({ handshake }, next) => next(answersTo(options.hosts ?? {}, [side], handshake.headers.host) ? undefined : new Error('wrong-host')));
  const consoles = consoleSocket(io.of(consoleNamespace), db, now, log, options.publicOrigin);
  const audit: ServerContext['audit'] = (entry, queries = db) => appendAudit(queries, now(), entry);
  const players = playerSocket(io.of(playerNamespace), {
    ...{ db, keys, now, log, audit, console: consoles.notify },
    proofTimeoutMs: options.proofTimeoutMs ?? proofTimeoutMs,
  });
  const scans = openScanBook({ db, now, log, written: () => consoles.notify('scans') });
  app.addHook('onClose', () => scans.close());
  const context: ServerContext = { db, keys, now, log, players, audit, filesDir, scans, console: consoles.notify };

  await servePages(app, { ...options.pages, files: filesDir });
  docsRoutes(app);
  healthRoutes(app, context);
  metricsRoutes(app, context, players);
  const passwords = createPasswords();
  const figures = puller(context, options.fetchRules);
  const canaries = canaryDesk(context, players);
  const modules: readonly Routes[] = [
    ...[
      sessionRoutes(consoles.end, passwords),
      accountRoutes(consoles.end, passwords),
      passkeyRoutes(consoles.end),
      deputyRoutes,
      peopleRoutes(consoles.end),
      tokenRoutes,
      screenRoutes(players),
      serviceRoutes(players),
      pinRoutes,
      channelRoutes(players),
      batchRoutes,
      timelineRoutes(players),
      campaignRoutes,
      nextCampaignRoutes,
      changeRoutes,
      commandRoutes(players),
      pairingRoutes(players),
      orderRoutes(players),
      capRoutes(players),
      playlistRoutes(options.assetsDir),
      libraryRoutes,
      publishingRoutes,
      signatureRoutes,
      canaryRoutes(canaries),
      basisRoutes,
      scoreboardRoutes,
      sourceRoutes(figures, options.fetchRules),
    ],
    ...[documentRoutes, mediaRoutes, playRoutes, captureRoutes(players), publicRoutes],
    ...[scanRoutes, scanHostRoutes, reportRoutes, placementRoutes, printRoutes, reportsRoutes],
  ];
  for (const register of modules) register(app, context);
  return { app, context, puller: figures, canaries };
}
