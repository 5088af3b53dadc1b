// The picture of a snapshot to share. A few are kept, so that one which spreads costs nothing.
import { ApiFailure } from '../api-failure.ts';
import { findCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { comparedWith } from '../scoreboard/snapshot-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { languageQuery } from './board-routes.ts';
import { voiceOf } from './board-words.ts';
import { boardOf } from './board.ts';
import { pagePaths } from './page-paths.ts';
import { findPublished, numberParams } from './snapshot-routes.ts';

const kept = 16;
/** It says what became of its snapshot, so it is not kept for ever. */
const cacheControl = 'public, max-age=300';

export const cardRoutes: Routes = (app, context) => {
  const { db, now } = context;
  const drawn = new Map<string, Promise<Buffer>>();

  app.get(
    pagePaths.card(':number'),
    {
      config: { access: 'public' },
      schema: {
        summary: 'A picture of a snapshot to share, 1080 x 1350, PNG',
        tags: ['public'],
        produces: ['image/png'],
        params: numberParams,
        querystring: languageQuery,
      },
    },
    async (request, reply) => {
      const published = await findPublished(context, request.params.number);
      const { snapshot, replacedBy } = published;
      const campaign = await findCampaign(db, snapshot.campaign);
      if (!campaign || snapshot.rows.length === 0) throw new ApiFailure('not-found');
      const { lang } = request.query;
      const key = JSON.stringify([published.sha256, lang, replacedBy?.number, campaign]);
      let picture = drawn.get(key);
      if (!picture) {
        const previous = (await comparedWith(db, published))?.snapshot;
        const board = boardOf(campaign, snapshot, previous, await unitsOfTree(db, snapshot.tree), now());
        picture = import('./card/draw-card.ts').then(({ drawCard }) => drawCard({ campaign, board, published }, voiceOf(lang)));
        drawn.set(key, picture);
        // What failed is tried again by the next who asks.
        picture.catch(() => drawn.delete(key));
        const [oldest] = drawn.keys();
        if (drawn.size > kept && oldest !== undefined) drawn.delete(oldest);
      }
      return reply
        .header('content-type', 'image/png')
        .header('content-disposition', `inline; filename="ket-qua-ky-${snapshot.number}.png"`)
        .header('cache-control', cacheControl)
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(await picture);
    },
  );
};
