// All campaigns of the server, for staff: those before the one in force, and asking for the next, which begins when a second administrator agrees.
import { campaignsPath, campaignsViewSchema, nextCampaignSchema, type CampaignsView, type EarlierCampaign } from '../../core/campaigns-api.ts';
import { errors } from '../../core/errors.ts';
import { customProblem, fieldProblem } from '../../core/field-problems.ts';
import { loosensCampaign } from '../../core/loosened.ts';
import { callerOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { contestOf } from '../scoreboard/final-desk.ts';
import { askSecond } from '../settings/ask-second.ts';
import { askedViews } from '../settings/change-routes.ts';
import { listTrees, unitsOfTree } from '../units/unit-store.ts';
import { campaignFacts } from './campaign-store.ts';
import { earlierContests, type EarlierContest } from './earlier-campaigns.ts';
import { nextCampaign, whyNotNext } from './next-campaign.ts';

const tags = ['settings'];

function entryOf({ campaign: { id, name, plan, period, trial, closedOn }, latest }: EarlierContest): EarlierCampaign {
  return { id, name, plan, period, trial, closedOn: closedOn ?? null, latest: latest ?? null };
}

export const nextCampaignRoutes: Routes = (app, { db, keys, now, audit, console: tellConsoles }) => {
  const response = { 200: campaignsViewSchema };

  const view = async (caller: Caller): Promise<CampaignsView> => {
    const refusal = await whyNotNext(db);
    return {
      earlier: (await earlierContests(db)).map(entryOf),
      trees: await listTrees(db),
      asked: (await askedViews({ db, keys, now }, caller)).find(({ kind }) => kind === 'next-campaign') ?? null,
      why: refusal === undefined ? null : { vi: errors[refusal].vi, en: errors[refusal].en },
      mayBegin: isAtLeast(caller.role, 'admin') && caller.unit === undefined,
    };
  };

  app.get(
    campaignsPath,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'Earlier campaigns with their last published figures, and whether the next one can begin', tags, response },
    },
    (request) => view(callerOf(request)),
  );

  app.post(
    campaignsPath,
    {
      // Every bad field is named in both languages.
      attachValidation: true,
      config: { access: { role: 'admin', within: 'city' } },
      schema: {
        summary:
          'Ask for the next campaign. It begins when a second administrator carries it out: the one before stays readable, its playlists go on, and its figures are left behind',
        tags,
        body: nextCampaignSchema,
        response,
      },
    },
    async (request) => {
      const parsed = nextCampaignSchema.safeParse(request.body);
      if (!parsed.success) throw new ApiFailure('settings-invalid', parsed.error.issues.map(fieldProblem));
      const { revision, contest, basis } = parsed.data;
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        const { campaign: before } = await contestOf(trx);
        const facts = await campaignFacts(trx);
        if (facts.revision !== revision) throw new ApiFailure('settings-changed', { revision: facts.revision });
        const refusal = await whyNotNext(trx);
        if (refusal !== undefined) throw new ApiFailure(refusal);
        if ((await unitsOfTree(trx, contest.tree)).length === 0) throw new ApiFailure('settings-invalid', [customProblem('contest.tree', 'tree-unknown')]);
        await requireBasisFile(trx, basis);
        const after = await nextCampaign(trx, before, parsed.data);
        const texts = { before: JSON.stringify(before), after: JSON.stringify(after) };
        const wish = { kind: 'next-campaign', subject: before.id, ...texts, loosens: loosensCampaign(before, after), basis } as const;
        const asked = await askSecond(trx, caller, wish, now());
        await audit({ who: caller.name, what: 'next-campaign.change.ask', subject: after.id, before, after: { change: asked, campaign: after, basis } }, trx);
      });
      tellConsoles('settings');
      return view(caller);
    },
  );
};
