// Staff API of reports.
import { displayQuerySchema, displayReportSchema, longestReportDays, reportPaths, type DisplayQuery, type DisplayReport } from '../../core/report-api.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { spanAsked } from '../local-days.ts';
import { settleScans } from '../scans/settle-scans.ts';
import { displayReport } from './display-report.ts';
import { reportFileRoutes } from './file-routes.ts';
import { templateRoutes } from './template/template-routes.ts';

export const reportsRoutes: Routes = (app, context) => {
  const { db, now, scans } = context;
  const access = { access: { role: 'viewer' } } as const;

  async function display(query: DisplayQuery): Promise<DisplayReport> {
    const campaign = await currentCampaign(db);
    if (!campaign) throw new ApiFailure('not-found');
    const span = spanAsked(query, campaign, now(), longestReportDays);
    await scans.flush();
    await settleScans(db);
    return displayReport(db, query, span, campaign.zone, now());
  }

  app.get(
    reportPaths.display,
    {
      config: access,
      schema: {
        summary: 'What was on air and what was scanned between two local days, by unit, screen, item, day and hour',
        tags: ['reports'],
        querystring: displayQuerySchema,
        response: { 200: displayReportSchema },
      },
    },
    (request) => display(request.query),
  );

  reportFileRoutes(display)(app, context);
  templateRoutes(app, context);
};
