// Staff API of the counts: all placements between two days, and the hours of one.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Campaign } from '../../core/campaign.ts';
import { decodePlacement } from '../../core/links.ts';
import { maxReportDays, scanHourSchema, scanPaths, scanQuerySchema, scanReportSchema } from '../../core/scan-api.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { localDay } from './scan-book.ts';
import { hoursOfPlacement, scanReport, type Span } from './scan-report.ts';
import { settleScans } from './settle-scans.ts';

function spanOf({ from, to }: z.infer<typeof scanQuerySchema>, { zone }: Campaign, now: number): Span {
  const today = localDay(now, zone);
  const span = { from: from ?? to ?? today, to: to ?? from ?? today };
  const days = Temporal.PlainDate.from(span.from).until(span.to, { largestUnit: 'day' }).days + 1;
  if (days < 1) throw new ApiFailure('bad-request', [{ path: 'to', reason: 'the last day lies before the first' }]);
  if (days > maxReportDays) throw new ApiFailure('bad-request', [{ path: 'to', reason: `a report spans ${maxReportDays} days at most` }]);
  return span;
}

export const reportRoutes: Routes = (app, { db, now, scans }) => {
  async function settled(query: z.infer<typeof scanQuerySchema>): Promise<{ campaign: Campaign; span: Span }> {
    const campaign = await currentCampaign(db);
    if (!campaign) throw new ApiFailure('not-found');
    const span = spanOf(query, campaign, now());
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
