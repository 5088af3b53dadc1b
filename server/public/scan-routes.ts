// Scan links: to the phone's store where it can be opened, else to the page that says how; never anywhere else.
import { z } from 'zod';
import { decodePlacement } from '../../core/links.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { installPage } from './install-page.ts';
import { sendPage } from './page.ts';
import { phoneOf } from './phone.ts';
import { addScan, placementExists } from './scan-store.ts';

const never = 'no-store';

export const scanRoutes: Routes = (app, { db, now }) => {
  for (const url of ['/q/:code', '/Q/:code']) {
    app.get(
      url,
      {
        config: { access: 'public' },
        schema: {
          params: z.object({ code: z.string() }),
          hide: url === '/Q/:code',
          summary: 'Where a scan link leads: the store, or the page that says how to install',
          tags: ['public'],
        },
      },
      async (request, reply) => {
        const campaign = await currentCampaign(db);
        if (!campaign) throw new ApiFailure('not-found');
        const phone = phoneOf(request.headers['user-agent'] ?? '');
        const placement = decodePlacement(request.params.code);
        const isOpened = request.method === 'GET' && !phone.robot;
        if (placement && isOpened && (await placementExists(db, placement))) await addScan(db, campaign.id, placement, phone.platform, now());
        const store = phone.inApp || phone.platform === 'other' ? '' : campaign.links[phone.platform].url;
        if (store !== '') return reply.header('cache-control', never).header('referrer-policy', 'no-referrer').redirect(store, 302);
        return sendPage(reply, installPage(campaign), { frames: 'none', cacheControl: never });
      },
    );
  }
};
