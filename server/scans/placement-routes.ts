// Staff API of codes on paper: make one, end one.
import { z } from 'zod';
import { encodePlacement } from '../../core/links.ts';
import { newPlacementAnswerSchema, newPlacementSchema, scanPaths } from '../../core/scan-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { requireDuty } from '../people/duty.ts';
import { unitExists } from '../units/unit-path.ts';
import { addPaper, endPaper, findPaper, placementOfPaper } from './placement-store.ts';

const params = z.object({ owner: z.coerce.number().int().min(1) });

export const placementRoutes: Routes = (app, { db, now, audit, console }) => {
  app.post(
    scanPaths.placements,
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: {
        summary: 'A code for a poster, a desk card or an officer’s card',
        tags: ['scans'],
        body: newPlacementSchema,
        response: { 201: newPlacementAnswerSchema },
      },
    },
    async (request, reply) => {
      const { unit } = request.body;
      const caller = callerOf(request);
      const made = await transact(db, async (trx) => {
        const campaign = await currentCampaign(trx);
        if (!campaign) throw new ApiFailure('not-found');
        if (unit !== null && !(await unitExists(trx, unit))) throw new ApiFailure('unit-unknown', [{ path: 'unit', reason: unit }]);
        await requireDuty(trx, caller, [unit]);
        const { owner } = await addPaper(trx, { ...request.body, campaign: campaign.id }, caller.name, now());
        await audit({ who: caller.name, what: 'placement.create', subject: String(owner), after: request.body }, trx);
        return { owner, code: encodePlacement(placementOfPaper(owner)) };
      });
      console('scans');
      return reply.code(201).send(made);
    },
  );

  app.delete(
    scanPaths.placement(':owner'),
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: { summary: 'Hand a code out no longer; it answers and counts all the same', tags: ['scans'], params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { owner } = request.params;
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        const paper = await findPaper(trx, owner);
        if (!paper) throw new ApiFailure('not-found');
        await requireDuty(trx, caller, [paper.unit]);
        await endPaper(trx, owner, now());
        await audit({ who: caller.name, what: 'placement.end', subject: String(owner), before: { kind: paper.kind, name: paper.name } }, trx);
      });
      console('scans');
      return reply.code(204).send(null);
    },
  );
};
