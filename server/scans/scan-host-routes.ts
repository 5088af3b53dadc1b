// The host that codes name. Setting it changes every code on every screen: a person has checked it, and beyond a trial, or with a screen outdoors, two administrators set the same.
import { newScanHostSchema, scanHostAnswerSchema, scanPaths } from '../../core/scan-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, putCurrentCampaign } from '../campaigns/campaign-store.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { republish } from '../manifests/publish.ts';
import { outdoorScreens } from '../publishing/outdoors.ts';
import { askedHost, keepAskedHost } from './asked-host.ts';

export const scanHostRoutes: Routes = (app, { db, keys, now, audit, players, console }) => {
  app.put(
    scanPaths.host,
    {
      config: { access: { role: 'admin', within: 'city' } },
      schema: {
        summary:
          'Set the host of the codes, or none; beyond a trial, or with a screen outdoors, it holds once a second administrator sets the same, and every programme is issued anew',
        tags: ['scans'],
        body: newScanHostSchema,
        response: { 200: scanHostAnswerSchema },
      },
    },
    async (request) => {
      const { host, checked, outside } = request.body;
      const { id: person, name: who } = callerOf(request);
      const answer = await transact(db, async (trx) => {
        const campaign = await currentCampaign(trx);
        if (!campaign) throw new ApiFailure('not-found');
        const { scanHost, ...others } = campaign;
        const before = scanHost ?? null;
        // Setting what holds already also takes back what was asked for.
        if (host === before) {
          await keepAskedHost(trx, null);
          return { host, waiting: false };
        }
        if (host !== null && !campaign.trial && !checked) throw new ApiFailure('scan-host-unchecked', { host });
        if (host !== null && !host.endsWith('.gov.vn') && !outside) throw new ApiFailure('scan-host-outside', { host });
        const asked = await askedHost(trx, now());
        const isAlone = campaign.trial && (await outdoorScreens(trx, await listChannels(trx))).length === 0;
        if (!isAlone && (asked === null || asked.host !== host || asked.person === person)) {
          await keepAskedHost(trx, { host, person, by: who, at: now() });
          await audit({ who, what: 'campaign.scan-host.ask', subject: campaign.id, before, after: host }, trx);
          return { host: before, waiting: true };
        }
        await keepAskedHost(trx, null);
        await putCurrentCampaign(trx, host === null ? others : { ...others, scanHost: host }, now());
        await republish(trx, await listChannels(trx), { keys, by: who, at: now() });
        await audit({ who, what: 'campaign.scan-host', subject: campaign.id, before, after: host }, trx);
        return { host, waiting: false };
      });
      if (!answer.waiting) {
        players.stateChanged();
        console('screens');
      }
      console('scans');
      return answer;
    },
  );
};
