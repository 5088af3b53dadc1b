// Staff API of the scoreboard: what stands now, and the file to fill in.
import { z } from 'zod';
import { scoreboardViewSchema, importPaths } from '../../core/import-api.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { currentSnapshots } from './snapshot-store.ts';
import { sortUnits } from './sort-units.ts';
import { templateCsv, templateWorkbook } from './template.ts';

export const standingRoutes: Routes = (app, { db }) => {
  app.get(
    importPaths.scoreboard,
    {
      config: { access: { role: 'viewer', scope: 'scoreboard' } },
      schema: { summary: 'The snapshot in force, the one before, and the units of the tree', tags: ['scoreboard'], response: { 200: scoreboardViewSchema } },
    },
    async () => {
      const campaign = await currentCampaign(db);
      if (!campaign) throw new ApiFailure('not-found');
      const snapshots = await currentSnapshots(db, campaign.id, campaign.tree, 'trial');
      const units = sortUnits(await unitsOfTree(db, campaign.tree));
      return { current: snapshots?.current.snapshot ?? null, previous: snapshots?.previous?.snapshot ?? null, units };
    },
  );

  app.get(
    importPaths.template,
    {
      config: { access: { role: 'viewer', scope: 'scoreboard' } },
      schema: { summary: 'The CSV file to fill in', tags: ['scoreboard'], produces: ['text/csv'], response: { 200: z.string() } },
    },
    async (_request, reply) => {
      const campaign = await currentCampaign(db);
      if (!campaign) throw new ApiFailure('not-found');
      const units = sortUnits(await unitsOfTree(db, campaign.tree));
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="mau-so-lieu-${campaign.tree}.csv"`)
        .serializer((text: string) => text)
        .send(templateCsv(units));
    },
  );

  app.get(
    importPaths.templateWorkbook,
    {
      config: { access: { role: 'viewer', scope: 'scoreboard' } },
      schema: {
        summary: 'The Excel workbook to fill in',
        tags: ['scoreboard'],
        produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      },
    },
    async (_request, reply) => {
      const campaign = await currentCampaign(db);
      if (!campaign) throw new ApiFailure('not-found');
      return reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="mau-so-lieu-${campaign.tree}.xlsx"`)
        .send(await templateWorkbook(sortUnits(await unitsOfTree(db, campaign.tree))));
    },
  );
};
