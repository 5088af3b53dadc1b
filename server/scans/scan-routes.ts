// Scan links: to the phone's store where it can be opened, else to the page that says how; never anywhere else.
import { z } from 'zod';
import { decodePlacement } from '../../core/links.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { installPage } from '../public/install-page.ts';
import { sendPage } from '../public/page.ts';
import { openerOf } from './opener.ts';

const never = 'no-store';

export const scanRoutes: Routes = (app, { db, scans, log }) => {
  for (const url of ['/q/:code', '/Q/:code', '/q', '/q/', '/Q', '/Q/']) {
    app.get(
      url,
      {
        // A whole carrier's phones come from a few addresses, and none of them may be kept, not even to be counted.
        config: { access: 'public', rateLimit: false },
        schema: {
          params: z.object({ code: z.string().optional() }),
          hide: url !== '/q/:code',
          summary: 'Where a scan link leads: the store, or the page that says how to install',
          tags: ['public'],
          produces: ['text/html'],
        },
      },
      async (request, reply) => {
        const campaign = await currentCampaign(db);
        if (!campaign) throw new ApiFailure('not-found');
        const { by, platform, inApp } = openerOf(request.method, request.headers);
        const { code } = request.params;
        if (code !== undefined && code !== '') {
          const device = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
          // Whatever becomes of the count, whoever scanned gets on.
          scans
            .note({ campaign: campaign.id, zone: campaign.zone, placement: decodePlacement(code), by, platform, device })
            .catch((error: unknown) => log.error({ err: error }, 'an opening could not be noted'));
        }
        const store = by !== 'person' || inApp || platform === 'other' ? '' : campaign.links[platform].url;
        if (store !== '') return reply.header('cache-control', never).header('referrer-policy', 'no-referrer').redirect(store, 302);
        return sendPage(reply, installPage(campaign), { frames: 'none', cacheControl: never });
      },
    );
  }
};
