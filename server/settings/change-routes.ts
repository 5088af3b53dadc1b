// Changes of settings that wait for a second person: looked at, carried out, dropped.
import { z } from 'zod';
import { campaignSchema } from '../../core/campaign.ts';
import { profileSchema } from '../../core/profile.ts';
import { askedChangeSchema, confirmChangeSchema, settingsPaths, type AskedChange } from '../../core/settings-api.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { beginCampaign } from '../campaigns/next-campaign.ts';
import { layersOfText, layersText, putLayers } from '../channels/change-layers.ts';
import { findChannel } from '../channels/channel-store.ts';
import { writeRules } from '../channels/channel-rules-store.ts';
import { moveByRules, putChannel, screenChannelSchema } from '../channels/move-screens.ts';
import { rulesOfText, rulesText, standingRules } from '../channels/rules-document.ts';
import { putSettings } from '../campaigns/put-settings.ts';
import type { Routes, ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { putProfile } from '../screens/change-screen.ts';
import { findScreen } from '../screens/screen-store.ts';
import { askedView, whyNotSecond, type Subject } from './ask-second.ts';
import { digestOf, findAsked, openAsked, settleAsked, type Asked } from './asked-store.ts';
import { signaturesAfter } from './signatures-after.ts';

const params = z.object({ id: z.uuid() });
const tags = ['settings'];

/** What a change is about; undefined when it is gone. */
async function subjectOf(db: Queries, { kind, subject, after }: Asked): Promise<Subject | undefined> {
  if (kind === 'rules') return { name: '', unit: null, standing: await standingRules(db) };
  if (kind === 'layers') {
    const channel = await findChannel(db, subject);
    return channel && { name: channel.name, unit: null, standing: await layersText(db, channel.layers) };
  }
  if (kind === 'channel') {
    const screen = await findScreen(db, subject);
    return screen && { name: screen.name, unit: screen.unit, standing: JSON.stringify({ channel: screen.channel, byRules: screen.chosenChannel === null }) };
  }
  if (kind === 'screen') {
    const screen = await findScreen(db, subject);
    return screen && { name: screen.name, unit: screen.unit, standing: JSON.stringify(screen.profile) };
  }
  const campaign = await currentCampaign(db);
  if (campaign?.id !== subject) return undefined;
  const named = kind === 'next-campaign' ? campaignSchema.parse(JSON.parse(after)) : campaign;
  return { name: named.name.vi, unit: null, standing: JSON.stringify(campaign) };
}

/** All that waits for somebody, the oldest first. */
export async function askedViews({ db, keys, now }: Pick<ServerContext, 'db' | 'keys' | 'now'>, caller: Caller): Promise<AskedChange[]> {
  const views: AskedChange[] = [];
  for (const asked of await openAsked(db, now())) {
    const subject = await subjectOf(db, asked);
    if (subject) views.push({ ...(await askedView(db, caller, asked, subject, now())), awaits: await signaturesAfter(db, keys, asked) });
  }
  return views;
}

export const changeRoutes: Routes = (app, context) => {
  const { db, now, audit, players, console: tellConsoles } = context;
  const response = { 200: z.array(askedChangeSchema) };

  /** An open change and what it is about. @throws ApiFailure */
  const required = async (trx: Queries, id: string): Promise<{ asked: Asked; subject: Subject }> => {
    const asked = await findAsked(trx, id);
    const subject = asked && (await subjectOf(trx, asked));
    if (!asked || !subject) throw new ApiFailure('not-found');
    if (!(await openAsked(trx, now())).some((each) => each.id === id)) throw new ApiFailure('approval-settled');
    return { asked, subject };
  };
  const carryOut = async (trx: Queries, { kind, subject, after: text }: Asked, after: unknown, who: string): Promise<void> => {
    switch (kind) {
      case 'screen':
        return putProfile(context, trx, subject, profileSchema.parse(after));
      case 'campaign':
        return putSettings(context, trx, campaignSchema.parse(after), who);
      case 'next-campaign':
        return beginCampaign(context, trx, campaignSchema.parse(after), who);
      case 'channel': {
        const screen = await findScreen(trx, subject);
        if (!screen) throw new ApiFailure('not-found');
        return putChannel(context, trx, screen, screenChannelSchema.parse(after), who);
      }
      case 'layers':
        return putLayers(context, trx, subject, layersOfText(text), who);
      case 'rules': {
        const rules = rulesOfText(text);
        if ((await rulesText(trx, rules)) !== text) throw new ApiFailure('approval-void');
        await writeRules(trx, rules);
        await moveByRules(context, trx, rules, who);
      }
    }
  };
  const tell = () => {
    tellConsoles('settings');
    tellConsoles('screens');
    tellConsoles('scoreboard');
  };

  app.get(
    settingsPaths.asked,
    { config: { access: { role: 'viewer' } }, schema: { summary: 'Changes of settings that wait for a second person', tags, response } },
    (request) => askedViews(context, callerOf(request)),
  );

  app.post(
    settingsPaths.confirm(':id'),
    {
      config: { access: { role: 'admin', within: 'own-unit' } },
      schema: { summary: 'Carry out exactly what another person asked for; it holds at once', tags, params, body: confirmChangeSchema, response },
    },
    async (request) => {
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        const { asked, subject } = await required(trx, request.params.id);
        const refusal = await whyNotSecond(trx, caller, asked, subject, now());
        if (refusal !== undefined) throw new ApiFailure(refusal);
        if (request.body.digest !== digestOf(asked)) throw new ApiFailure('approval-void');
        if (!(await settleAsked(trx, asked.id, 'done', caller.name, now()))) throw new ApiFailure('approval-settled');
        const after: unknown = JSON.parse(asked.after);
        await carryOut(trx, asked, after, caller.name);
        const facts = { change: asked.id, asked: asked.askerName, basis: asked.basis ?? undefined };
        await audit(
          { who: caller.name, what: `${asked.kind}.change.confirm`, subject: asked.subject, before: JSON.parse(asked.before), after: { ...facts, after } },
          trx,
        );
      });
      players.stateChanged();
      tell();
      return askedViews(context, caller);
    },
  );

  app.delete(
    settingsPaths.drop(':id'),
    {
      config: { access: { role: 'admin', within: 'own-unit' } },
      schema: { summary: 'Drop a change that waits; what stands stays', tags, params, response },
    },
    async (request) => {
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        const { asked, subject } = await required(trx, request.params.id);
        if (!(await askedView(trx, caller, asked, subject, now())).may.drop) throw new ApiFailure('outside-own-unit');
        if (!(await settleAsked(trx, asked.id, 'dropped', caller.name, now()))) throw new ApiFailure('approval-settled');
        await audit({ who: caller.name, what: `${asked.kind}.change.drop`, subject: asked.subject, before: { change: asked.id, asked: asked.askerName } }, trx);
      });
      tell();
      return askedViews(context, caller);
    },
  );
};
