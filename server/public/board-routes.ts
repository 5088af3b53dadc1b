// Public pages of the scoreboard: for citizens, and as a frame for other apps.
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Campaign } from '../../core/campaign.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes, ServerContext } from '../context.ts';
import { currentSnapshots } from '../scoreboard/snapshot-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { boardOf, type Board } from './board.ts';
import { embedPage } from './embed-page.ts';
import { sendPage } from './page.ts';
import { scoreboardPage } from './scoreboard-page.ts';

/** New figures are seen half a minute later at most; a crowd is served by caches. */
const cacheControl = 'public, max-age=30, stale-while-revalidate=60';

async function currentBoard({ db, now }: Pick<ServerContext, 'db' | 'now'>): Promise<{ campaign: Campaign; board: Board | undefined }> {
  const campaign = await currentCampaign(db);
  if (!campaign) throw new ApiFailure('not-found');
  const snapshots = await currentSnapshots(db, campaign.id, campaign.tree, campaign.trial ? 'trial' : 'real');
  const units = await unitsOfTree(db, campaign.tree);
  return { campaign, board: snapshots && boardOf(campaign, snapshots.current.snapshot, snapshots.previous?.snapshot, units, now()) };
}

export const boardRoutes: Routes = (app, context) => {
  app.get(
    '/scoreboard',
    { config: { access: 'public' }, schema: { summary: 'The scoreboard as a page for everybody', tags: ['public'] } },
    async (_request, reply) => {
      const { campaign, board } = await currentBoard(context);
      return sendPage(reply, scoreboardPage(campaign, board), { frames: 'none', cacheControl });
    },
  );

  app.get(
    '/embed/scoreboard',
    { config: { access: 'public' }, schema: { summary: 'The scoreboard as a frame for other apps', tags: ['public'] } },
    async (_request, reply) => {
      const { campaign, board } = await currentBoard(context);
      reply.header('access-control-allow-origin', '*');
      return sendPage(reply, embedPage(campaign, board), { frames: 'everybody', cacheControl });
    },
  );
};
