// Staff API of published figures: their history, withdrawal, undo of an import.
import { z } from 'zod';
import { boardPaths, historySchema, issuedSchema, undoMs, withdrawSchema, type HistoryEntry } from '../../core/board-api.ts';
import { standings } from '../../core/scoreboard.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { announce } from './issue.ts';
import { snapshotHistory, type PublishedSnapshot } from './snapshot-history.ts';
import { undoImport, withdrawSnapshot, type Withdrawn } from './withdraw.ts';

const shownEntries = 100;

function entryOf({ sha256, snapshot, reason, replacedBy, importId, heldFigures }: PublishedSnapshot, inForce: boolean, now: number): HistoryEntry {
  const { number, cutOff, issuedAt, sample, rows, replaces = null, final = false } = snapshot;
  const { count, rate = null } = standings(snapshot).totals;
  const until = issuedAt + undoMs;
  const undo = inForce && !final && importId !== null && now < until ? { import: importId, until } : null;
  return {
    number,
    sha256,
    cutOff,
    issuedAt,
    sample,
    final,
    units: rows.length,
    count,
    rate,
    replaces,
    reason,
    heldFigures,
    replacedBy: replacedBy ?? null,
    inForce,
    undo,
  };
}

export const historyRoutes: Routes = (app, context) => {
  const { db, now } = context;
  const finish = (withdrawn: Withdrawn) => {
    if (!withdrawn.ok) throw new ApiFailure(withdrawn.reason);
    return announce(context, withdrawn.snapshots);
  };

  app.get(
    boardPaths.history,
    {
      config: { access: { role: 'viewer', scope: 'scoreboard' } },
      schema: { summary: 'Published snapshots, the latest first, with what became of each', tags: ['scoreboard'], response: { 200: historySchema } },
    },
    async () => {
      const campaign = await currentCampaign(db);
      if (!campaign) throw new ApiFailure('not-found');
      const list = await snapshotHistory(db, { campaign: campaign.id, tree: campaign.tree, audience: 'trial', limit: shownEntries });
      return { entries: list.map((published, index) => entryOf(published, index === 0 && published.snapshot.rows.length > 0, now())) };
    },
  );

  app.post(
    boardPaths.withdraw(':number'),
    {
      config: { access: { role: 'approver', within: 'city' } },
      schema: {
        summary: 'Withdraw the figures in force, with a reason that everybody can read: those before them stand again under a new number',
        tags: ['scoreboard'],
        params: z.object({ number: z.coerce.number().int().min(1) }),
        body: withdrawSchema,
        response: { 200: issuedSchema },
      },
    },
    async (request) => finish(await withdrawSnapshot(context, request.params.number, { reason: request.body.reason, who: callerOf(request).name })),
  );

  app.post(
    boardPaths.undo(':id'),
    {
      config: { access: { role: 'editor', scope: 'scoreboard', within: 'city' } },
      schema: {
        summary: 'Undo an import within ten minutes of its confirmation',
        tags: ['scoreboard'],
        params: z.object({ id: z.uuid() }),
        response: { 200: issuedSchema },
      },
    },
    async (request) => finish(await undoImport(context, request.params.id, callerOf(request).name)),
  );
};
