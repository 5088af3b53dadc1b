// Public pages of the scoreboard: for citizens, and as a frame for other apps.
import { z } from 'zod';
import { languages, slugSchema } from '../../core/primitives.ts';
import type { Campaign } from '../../core/campaign.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, findCampaign } from '../campaigns/campaign-store.ts';
import { earlierContests } from '../campaigns/earlier-campaigns.ts';
import type { Routes, ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { snapshotHistory } from '../scoreboard/snapshot-history.ts';
import { currentSnapshots, type SnapshotAudience } from '../scoreboard/snapshot-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { boardOf, type Board } from './board.ts';
import { voiceOf } from './board-words.ts';
import { embedPage } from './embed-page.ts';
import { keptPages } from './kept-pages.ts';
import { answerMissing } from './missing-page.ts';
import { pagePaths } from './page-paths.ts';
import { sendPage } from './page.ts';
import { historyPage, scoreboardPage } from './scoreboard-page.ts';

/** New figures are seen half a minute later at most; a crowd is served by caches. */
export const cacheControl = 'public, max-age=30, stale-while-revalidate=60';

export const languageQuery = z.object({ lang: z.literal(languages).default('vi') });
const embedQuery = languageQuery.extend({ theme: z.literal(['light', 'dark']).optional() });
/** The campaign in force when none is named. */
const historyQuery = languageQuery.extend({ campaign: slugSchema.optional(), before: z.coerce.number().int().min(1).optional() });

const latestShown = 6;
const historyShown = 50;

/** Made-up figures belong to a trial. */
export const audienceOf = ({ trial }: Campaign): SnapshotAudience => (trial ? 'trial' : 'real');

async function inForce({ db, now }: Pick<ServerContext, 'db' | 'now'>): Promise<{ campaign: Campaign; board: Board | undefined }> {
  const campaign = await currentCampaign(db);
  if (!campaign) throw new ApiFailure('not-found');
  const snapshots = await currentSnapshots(db, campaign.id, campaign.tree, audienceOf(campaign));
  const units = await unitsOfTree(db, campaign.tree);
  return { campaign, board: snapshots && boardOf(campaign, snapshots.current.snapshot, snapshots.previous?.snapshot, units, now()) };
}

const latest = (db: Queries, campaign: Campaign) =>
  snapshotHistory(db, { campaign: campaign.id, tree: campaign.tree, audience: audienceOf(campaign), limit: latestShown });

export const boardRoutes: Routes = (app, context) => {
  const pages = keptPages(context);

  app.get(
    pagePaths.board,
    {
      config: { access: 'public' },
      schema: { summary: 'The scoreboard as a page for everybody', tags: ['public'], produces: ['text/html'], querystring: languageQuery },
    },
    async (request, reply) => {
      const { lang } = request.query;
      const page = await pages(`board ${lang}`, async () => {
        const { campaign, board } = await inForce(context);
        return scoreboardPage({ campaign, board, list: await latest(context.db, campaign), earlier: await earlierContests(context.db) }, voiceOf(lang));
      });
      return sendPage(reply, page, { frames: 'none', cacheControl });
    },
  );

  app.get(
    pagePaths.history,
    {
      config: { access: 'public' },
      errorHandler: answerMissing(context),
      schema: { summary: 'Every published snapshot, as a page', tags: ['public'], produces: ['text/html'], querystring: historyQuery },
    },
    async (request, reply) => {
      const { before, campaign: asked, lang } = request.query;
      const { db } = context;
      const current = await currentCampaign(db);
      const campaign = asked === undefined ? current : await findCampaign(db, asked);
      if (!campaign || !current) throw new ApiFailure('not-found');
      const contest = { campaign: campaign.id, tree: campaign.tree, audience: audienceOf(current) };
      const shown = await snapshotHistory(db, { ...contest, limit: historyShown + 1, before });
      const newest = (await currentSnapshots(db, campaign.id, campaign.tree, contest.audience))?.current.snapshot.number;
      const page = { campaign, list: shown.slice(0, historyShown), inForce: newest, more: shown.length > historyShown };
      return sendPage(reply, historyPage(page, voiceOf(lang)), { frames: 'none', cacheControl });
    },
  );

  app.get(
    pagePaths.embed,
    {
      config: { access: 'public' },
      schema: { summary: 'The scoreboard as a frame for other apps', tags: ['public'], produces: ['text/html'], querystring: embedQuery },
    },
    async (request, reply) => {
      const { lang, theme } = request.query;
      const page = await pages(`embed ${lang} ${theme ?? ''}`, async () => {
        const { campaign, board } = await inForce(context);
        return embedPage(campaign, board, voiceOf(lang), theme);
      });
      reply.header('access-control-allow-origin', '*');
      return sendPage(reply, page, { frames: 'everybody', cacheControl });
    },
  );
};
