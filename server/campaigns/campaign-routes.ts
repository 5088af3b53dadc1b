// The campaign in force, for staff: what is set, and other settings. Where screens outdoors or a real campaign would notice, a second administrator has to want them too.
import { holdLimitsOf, type Campaign } from '../../core/campaign.ts';
import { fieldChanges } from '../../core/field-changes.ts';
import { fieldProblem } from '../../core/field-problems.ts';
import { loosensCampaign, reachesScreens } from '../../core/loosened.ts';
import { campaignViewSchema, changeCampaignSchema, settingsPaths, type CampaignSettings, type CampaignView } from '../../core/settings-api.ts';
import { callerOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { outdoorScreens } from '../publishing/outdoors.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { askSecond } from '../settings/ask-second.ts';
import { askedViews } from '../settings/change-routes.ts';
import { campaignFacts, currentCampaign } from './campaign-store.ts';
import { putSettings } from './put-settings.ts';

const tags = ['settings'];

/** A trial without a screen outdoors is one person's to try things on. */
async function isAlone(db: Queries, { trial }: Campaign): Promise<boolean> {
  return trial && (await outdoorScreens(db, await listChannels(db))).length === 0;
}

/** The campaign with other settings; a trial's period is the month in which it runs. What is nowhere set stays unset, so that nothing seems to have changed. */
function withSettings(before: Campaign, { holds, occasions, ...settings }: CampaignSettings): Campaign {
  return {
    ...before,
    ...settings,
    ...(before.trial ? { period: before.period } : {}),
    ...(before.holds === undefined && fieldChanges(holdLimitsOf(before), holds).length === 0 ? {} : { holds }),
    ...(before.occasions === undefined && occasions.length === 0 ? {} : { occasions }),
  };
}

async function required(db: Queries): Promise<Campaign> {
  const campaign = await currentCampaign(db);
  if (!campaign) throw new ApiFailure('not-found');
  return campaign;
}

export const campaignRoutes: Routes = (app, context) => {
  const { db, now, audit, players, console: tellConsoles } = context;
  const response = { 200: campaignViewSchema };

  const view = async (caller: Caller): Promise<CampaignView> => {
    const campaign = await required(db);
    return {
      campaign,
      revision: (await campaignFacts(db)).revision,
      secondPerson: !(await isAlone(db, campaign)),
      asked: (await askedViews(context, caller)).find(({ kind, subject }) => kind === 'campaign' && subject.id === campaign.id) ?? null,
      mayChange: isAtLeast(caller.role, 'admin') && caller.unit === undefined,
    };
  };

  app.get(
    settingsPaths.campaign,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'The campaign in force: its period, links, limits, and what waits to change', tags, response },
    },
    (request) => view(callerOf(request)),
  );

  app.put(
    settingsPaths.campaign,
    {
      // Every bad field is named in both languages.
      attachValidation: true,
      config: { access: { role: 'admin', within: 'city' } },
      schema: {
        summary: 'Other settings of the campaign. Beyond a trial, or with a screen outdoors, they wait for a second administrator; tighter limits hold at once',
        tags,
        body: changeCampaignSchema,
        response,
      },
    },
    async (request) => {
      const parsed = changeCampaignSchema.safeParse(request.body);
      if (!parsed.success) throw new ApiFailure('settings-invalid', parsed.error.issues.map(fieldProblem));
      const { revision, settings, basis } = parsed.data;
      const caller = callerOf(request);
      const isDone = await transact(db, async (trx) => {
        const before = await required(trx);
        const facts = await campaignFacts(trx);
        if (facts.revision !== revision) throw new ApiFailure('settings-changed', { revision: facts.revision });
        await requireBasisFile(trx, basis);
        const after = withSettings(before, settings);
        if (fieldChanges(before, after).length === 0) return false;
        // Its result says for which days it is final, and its last phase has begun.
        if (before.closedOn !== undefined && fieldChanges(before.period, after.period).length > 0) throw new ApiFailure('contest-closed-period');
        const loosens = loosensCampaign(before, after);
        const who = caller.name;
        if ((loosens || reachesScreens(before, after)) && !(await isAlone(trx, before))) {
          const texts = { before: JSON.stringify(before), after: JSON.stringify(after) };
          const asked = await askSecond(trx, caller, { kind: 'campaign', subject: before.id, ...texts, loosens, basis }, now());
          await audit({ who, what: 'campaign.change.ask', subject: before.id, before, after: { change: asked, campaign: after, basis } }, trx);
          return false;
        }
        await putSettings(context, trx, after, who);
        await audit({ who, what: 'campaign.change', subject: before.id, before, after: { ...after, basis } }, trx);
        return true;
      });
      if (isDone) players.stateChanged();
      tellConsoles('settings');
      return view(caller);
    },
  );
};
