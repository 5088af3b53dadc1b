// Starts a whole server on a data folder: database, keys, seed, app, listening, and the hourly look at the month.
import { mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { serverAddresses } from './addresses.ts';
import { buildApp, type BuiltApp } from './app.ts';
import { keepCaptures, keepPlays, keepScans, usualFigureHosts, type Settings } from './command-line.ts';
import { DatabaseTaken } from './database/database-place.ts';
import { claimDatabase } from './database/one-server.ts';
import { openDatabase } from './database/open-database.ts';
import { everyFewSeconds, everyHour, everyMinute } from './every-hour.ts';
import { loadPrivateKeys } from './keys/key-files.ts';
import { openKeys } from './keys/open-keys.ts';
import { latestRoot } from './keys/root-store.ts';
import { forgetCaptures } from './captures/capture-store.ts';
import { forgetPlays } from './plays/forget-plays.ts';
import { awaitMissingSignatures } from './manifests/await-signatures.ts';
import { reissueUnderNewKeys } from './manifests/reissue.ts';
import { makeSignInLink } from './people/sign-in-link.ts';
import { enrolTrialScreens, type TrialChannel } from './seed/seed-trial.ts';
import { rollTrial, seed, shippedCampaignFile } from './seed/seed.ts';
import { fetchRules, type FetchRules } from './scoreboard/source/fetch-file.ts';
import { forgetScans } from './scans/forget-scans.ts';
import { oneAtATime } from './media/one-at-a-time.ts';
import { publishDue } from './publishing/publish-due.ts';
import { product } from './product.ts';

export interface StartedServer extends BuiltApp {
  readonly url: string;
  readonly signInLink: string;
  readonly docs: string;
  readonly enrol: Readonly<Record<TrialChannel, string | null>>;
  /** What was wrong with shipped playlists. */
  readonly problems: readonly string[];
  /** Looks whether a trial's campaign has to move to another month, as it does hourly. */
  readonly rollMonth: () => Promise<void>;
  /** Lets go of plays, openings and pictures of long ago, as it does hourly. */
  readonly forgetLongPast: () => Promise<void>;
  /** Publishes what was set for a time that has come, and settles what is tried on a few screens, as it does every few seconds. */
  readonly publishDue: () => Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions extends Settings {
  readonly log: FastifyBaseLogger;
  readonly now: () => number;
  /** Path or URL of the database; a file of the data folder when absent. */
  readonly database?: string;
  readonly proofTimeoutMs?: number;
  readonly fetchRules?: FetchRules;
  /** Another server took the database while this one had lost it: this one has to stop. */
  readonly lost?: () => void;
}

const packageSchema = z.object({ version: z.string() });

export async function startServer(options: StartOptions): Promise<StartedServer> {
  const { data, host, port, log, now } = options;
  const filesDir = join(data, 'media');
  await mkdir(filesDir, { recursive: true });
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(product, 'package.json'), 'utf8')));
  const servers = serverAddresses(host, port, options.url);
  const [url] = servers;
  const assetsDir = options.assets ?? join(product, 'assets');
  const shippedDir = join(product, 'playlists');
  const playlistsDir = options.playlists ?? shippedDir;
  const ownCampaign = shippedCampaignFile(playlistsDir);
  const campaignFile = existsSync(ownCampaign) ? ownCampaign : shippedCampaignFile(shippedDir);

  const place = options.database ?? join(data, 'server.sqlite');
  const claimed = await claimDatabase(data, place, () => options.lost?.());
  if (!claimed.ok) throw new DatabaseTaken(claimed.reason);
  const { claim } = claimed;
  let db;
  try {
    db = await openDatabase(place);
  } catch (error) {
    await claim.release();
    throw error;
  }
  try {
    const keys = await openKeys(
      db,
      await loadPrivateKeys(join(data, 'keys'), (await latestRoot(db)) !== undefined),
      `ihanoi-display · ${hostname()}`.slice(0, 120),
      now(),
    );
    const { trial, tree, units } = options;
    const { problems } = await seed(db, keys, { assetsDir, playlistsDir, campaignFile, filesDir, trial, tree, units, servers }, now());
    for (const problem of problems) log.warn({ problem }, 'a shipped playlist was refused; the last good one plays on');

    const reissued = await reissueUnderNewKeys(db, keys, now());
    if (reissued > 0) log.warn({ reissued, root: keys.root.document.number }, 'documents of an earlier content key were issued anew');

    const pages = { console: join(product, 'dist', 'console'), stage: join(product, 'dist', 'stage') };
    const proofTimeout = options.proofTimeoutMs === undefined ? {} : { proofTimeoutMs: options.proofTimeoutMs };
    const rules = options.fetchRules ?? fetchRules(options.figureHosts ?? usualFigureHosts);
    const { app, context, puller, canaries } = await buildApp({
      ...{ db, keys, now, log, filesDir, assetsDir, pages, version, fetchRules: rules, ...proofTimeout },
      ...(options.url === undefined ? {} : { publicOrigin: new URL(options.url).origin }),
      ...(options.hosts === undefined ? {} : { hosts: options.hosts }),
    });
    await awaitMissingSignatures(context);
    await app.listen({ host, port });

    const rollMonth = async () => {
      if (!(await rollTrial(db, keys, now()))) return;
      log.info('the trial moved on to another month');
      context.players.stateChanged();
      context.console('screens');
    };
    const forgetLongPast = async () => {
      const before = (days: number) => now() - days * 86_400_000;
      const forgotten = await forgetPlays(db, before(options.keepPlays ?? keepPlays.usual));
      if (forgotten > 0) log.info({ forgotten }, 'plays received long ago went; their sums stay');
      const scans = await forgetScans(db, before(options.keepScans ?? keepScans.usual));
      if (scans > 0) log.info({ forgotten: scans }, 'openings of long ago went; their sums stay');
      const captures = await forgetCaptures(db, before(options.keepCaptures ?? keepCaptures.usual));
      if (captures > 0) log.info({ forgotten: captures }, 'pictures of screens that nobody has renewed went');
    };
    const publishDueNow = oneAtATime();
    const due = publishDue(context);
    const publishWhatIsDue = () =>
      publishDueNow(async () => {
        await due();
        await canaries.watch();
      });
    const stops = [
      everyFewSeconds(log, 'publishing what is due', publishWhatIsDue),
      everyHour(log, 'moving the trial to another month', rollMonth),
      everyHour(log, 'letting go of what is long past', forgetLongPast),
      everyMinute(log, 'asking the source of figures', () => puller.whenDue()),
      everyMinute(log, 'looking for missing signatures', () => awaitMissingSignatures(context)),
    ];
    return {
      ...{ app, context, puller, canaries, url, problems, rollMonth, forgetLongPast, publishDue: publishWhatIsDue, docs: `${url}/api/docs` },
      signInLink: await makeSignInLink(db, url, now()),
      enrol: await enrolTrialScreens(db, url, keys.root.sha256, now()),
      async stop() {
        for (const stop of stops) stop();
        await publishDueNow(() => Promise.resolve());
        await app.close();
        await db.destroy();
        await claim.release();
      },
    };
  } catch (error) {
    await db.destroy();
    await claim.release();
    throw error;
  }
}
