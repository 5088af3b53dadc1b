// Staff API of held figures: what waits for a second person, its release or refusal, and its withdrawal.
import { z } from 'zod';
import { issuedSchema } from '../../core/board-api.ts';
import { heldListSchema, heldViewSchema, holdPaths, refuseSchema, releaseSchema } from '../../core/hold-api.ts';
import { callerOf, type Access, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { holdDesk } from './hold-desk.ts';
import { findHeld, listHeld, type HeldImport } from './hold-store.ts';
import { heldView } from './hold-view.ts';
import { announce } from './issue.ts';

const mostWaiting = 50;
const mostSettled = 10;
const reading: Access = { role: 'viewer', scope: 'scoreboard' };
const second: Access = { role: 'approver', within: 'city' };
const params = z.object({ id: z.uuid() });

export const holdRoutes: Routes = (app, context) => {
  const { db, now } = context;
  const desk = holdDesk(context);
  const viewOf = async (caller: Caller, id: string) => {
    const held = await findHeld(db, id);
    if (!held) throw new ApiFailure('not-found');
    return heldView(db, caller, held, now());
  };

  app.get(
    holdPaths.list,
    {
      config: { access: reading },
      schema: { summary: 'Figures that wait for a second person, and what became of the latest ones', tags: ['scoreboard'], response: { 200: heldListSchema } },
    },
    async (request) => {
      const campaign = await currentCampaign(db);
      if (!campaign) throw new ApiFailure('not-found');
      const caller = callerOf(request);
      const views = (list: readonly HeldImport[]) => Promise.all(list.map((held) => heldView(db, caller, held, now())));
      return {
        waiting: await views(await listHeld(db, campaign, 'waiting', mostWaiting)),
        settled: await views(await listHeld(db, campaign, 'settled', mostSettled)),
      };
    },
  );

  app.get(
    holdPaths.one(':id'),
    {
      config: { access: reading },
      schema: {
        summary: 'One held import: each figure with the published one, and what became of it',
        tags: ['scoreboard'],
        params,
        response: { 200: heldViewSchema },
      },
    },
    async (request) => viewOf(callerOf(request), request.params.id),
  );

  app.post(
    holdPaths.release(':id'),
    {
      config: { access: second },
      schema: {
        summary: 'Release held figures as the second person: they become the next snapshot, on every screen at once, and are listed publicly with both reasons',
        tags: ['scoreboard'],
        params,
        body: releaseSchema,
        response: { 200: issuedSchema },
      },
    },
    async (request) => announce(context, await desk.release(callerOf(request), request.params.id, request.body)),
  );

  app.post(
    holdPaths.refuse(':id'),
    {
      config: { access: second },
      schema: {
        summary: 'Refuse held figures, with a reason; nothing is published',
        tags: ['scoreboard'],
        params,
        body: refuseSchema,
        response: { 200: heldViewSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      await desk.refuse(caller, request.params.id, request.body.reason);
      context.console('scoreboard');
      return viewOf(caller, request.params.id);
    },
  );

  app.post(
    holdPaths.withdraw(':id'),
    {
      config: { access: { role: 'editor', scope: 'scoreboard', within: 'city' } },
      schema: { summary: 'Take back one’s own import that waits for a second person', tags: ['scoreboard'], params, response: { 200: heldViewSchema } },
    },
    async (request) => {
      const caller = callerOf(request);
      await desk.withdraw(caller, request.params.id);
      context.console('scoreboard');
      return viewOf(caller, request.params.id);
    },
  );
};
