// Staff API of the counts: all placements between two days, and the hours of one.
import { z } from 'zod';
import type { Campaign } from '../../core/campaign.ts';
import { decodePlacement } from '../../core/links.ts';
import { maxReportDays, scanHourSchema, scanPaths, scanQuerySchema, scanReportSchema } from '../../core/scan-api.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, findCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { spanAsked, type DaySpan } from '../local-days.ts';
import { hoursOfPlacement, scanReport } from './scan-report.ts';
import { settleScans } from './settle-scans.ts';

export const reportRoutes: Routes = (app, { db, now, scans }) => {
  async function settled(query: z.infer<typeof scanQuerySchema>): Promise<{ campaign: Campaign; span: DaySpan }> {
    const campaign = query.campaign === undefined ? await currentCampaign(db) : await findCampaign(db, query.campaign);
    if (!campaign) throw new ApiFailure('not-found');
    const span = spanAsked(query, campaign, now(), maxReportDays);
    await scans.flush();
    await settleScans(db);
    return { campaign, span };
  }

  app.get(
    scanPaths.report,
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'All codes with their openings, estimated devices and time on air, between two local days',
        tags: ['scans'],
        querystring: scanQuerySchema,
        response: { 200: scanReportSchema },
      },
    },
    async (request) => {
      const { campaign, span } = await settled(request.query);
      return scanReport(db, campaign, span, now());
    },
  );

  app.get(
    scanPaths.hours(':code'),
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'One code by the hour',
        tags: ['scans'],
        params: z.object({ code: z.string().max(20) }),
        querystring: scanQuerySchema,
        response: { 200: z.array(scanHourSchema) },
      },
    },
    async (request) => {
      const placement = decodePlacement(request.params.code);
      if (!placement) throw new ApiFailure('not-found');
      const { campaign, span } = await settled(request.query);
      return hoursOfPlacement(db, campaign, placement, span);
    },
  );
};
