// The host that codes name. Setting it changes every code on every screen, so a person has checked it first.
import { newScanHostSchema, scanPaths } from '../../core/scan-api.ts';
import { z } from 'zod';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, putCurrentCampaign } from '../campaigns/campaign-store.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { republish } from '../manifests/publish.ts';

export const scanHostRoutes: Routes = (app, { db, keys, now, audit, players, console }) => {
  app.put(
    scanPaths.host,
    {
      config: { access: { role: 'admin', within: 'city' } },
      schema: {
        summary: 'Set the host of the codes, or none; every programme is issued anew',
        tags: ['scans'],
        body: newScanHostSchema,
        response: { 200: z.object({ host: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { host, checked, outside } = request.body;
      const who = callerOf(request).name;
      await transact(db, async (trx) => {
        const campaign = await currentCampaign(trx);
        if (!campaign) throw new ApiFailure('not-found');
        const { scanHost: before, ...others } = campaign;
        if (host === (before ?? null)) return;
        if (host !== null && !campaign.trial && !checked) throw new ApiFailure('scan-host-unchecked', { host });
        if (host !== null && !host.endsWith('.gov.vn') && !outside) throw new ApiFailure('scan-host-outside', { host });
        await putCurrentCampaign(trx, host === null ? others : { ...others, scanHost: host }, now());
        await republish(trx, await listChannels(trx), { keys, by: who, at: now() });
        await audit({ who, what: 'campaign.scan-host', subject: campaign.id, before: before ?? null, after: host }, trx);
      });
      players.stateChanged();
      console('screens');
      console('scans');
      return { host };
    },
  );
};
