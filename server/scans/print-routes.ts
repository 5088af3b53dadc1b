// Staff API of printing: the PDF of a code on paper.
import { z } from 'zod';
import { encodePlacement, scanLink } from '../../core/links.ts';
import { printQuerySchema, scanPaths } from '../../core/scan-api.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { findPaper, placementOfPaper } from './placement-store.ts';
import { unitByCode } from '../units/unit-store.ts';

export const printRoutes: Routes = (app, { db, now }) => {
  app.get(
    scanPaths.print(':owner'),
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'A poster, desk sheet or card with its code, as PDF',
        tags: ['scans'],
        produces: ['application/pdf'],
        params: z.object({ owner: z.coerce.number().int().min(1) }),
        querystring: printQuerySchema,
      },
    },
    async (request, reply) => {
      const { size, bleed } = request.query;
      const paper = await findPaper(db, request.params.owner);
      const campaign = await currentCampaign(db);
      if (!paper || !campaign) throw new ApiFailure('not-found');
      if (paper.ended_at !== null) throw new ApiFailure('placement-ended');
      if (campaign.scanHost === undefined) throw new ApiFailure('print-needs-host');
      const unit = paper.unit === null ? undefined : await unitByCode(db, paper.unit);
      const placement = placementOfPaper(paper.owner);
      // What draws is loaded by whoever prints first: most starts of a server never print.
      const { drawPaper } = await import('./print/paper.ts');
      const pdf = await drawPaper(campaign, {
        ...{ link: scanLink(campaign.scanHost, placement), size, bleed: bleed === 'yes', at: now() },
        unit: unit && sentenceCase(fullName(unit)),
      });
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', `attachment; filename="ma-qr-${encodePlacement(placement)}-${size}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(pdf);
    },
  );
};
