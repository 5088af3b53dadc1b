// Where players hand in their journals.
import { playReceiptSchema } from '../../core/play.ts';
import { playerPaths } from '../../core/protocol.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { batchTaker } from './batch-taker.ts';

/** 500 entries of 4,000 characters, escaped within JSON within JSON. */
const maxBatchBytes = 8 * 2 ** 20;

export const playRoutes: Routes = (app, { db, now, log, console }) => {
  const batches = batchTaker(db);
  app.post(
    playerPaths.plays,
    {
      bodyLimit: maxBatchBytes,
      config: { access: 'player', rateLimit: false },
      schema: {
        summary: 'Hand in plays: an envelope of purpose `plays`, signed by the screen',
        tags: ['player'],
        body: envelopeSchema,
        response: { 200: playReceiptSchema },
      },
    },
    async (request) => {
      const campaign = (await currentCampaign(db))?.id ?? '';
      const taken = await batches.take(request.body, { campaign, receivedAt: now() });
      if (!taken.ok) {
        const { reason, acknowledged } = taken;
        log.warn({ reason, acknowledged }, 'plays refused');
        throw new ApiFailure('batch-refused', acknowledged === undefined ? { reason } : { reason, acknowledged });
      }
      if (taken.added > 0) console('screens');
      return { chain: taken.chain, acknowledged: taken.acknowledged };
    },
  );
};
