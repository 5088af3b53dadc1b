// The next campaign of a server: made from the one in force, begun when two administrators want it. The one before stays as it was last.
import type { Campaign } from '../../core/campaign.ts';
import type { NextCampaign } from '../../core/campaigns-api.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { contestOf } from '../scoreboard/final-desk.ts';
import { hasOpenObjections } from '../scoreboard/objection-store.ts';
import { followCampaign } from '../scoreboard/source/source-store.ts';
import { slugOf } from '../slug-of.ts';
import { findCampaign } from './campaign-store.ts';
import { putSettings } from './put-settings.ts';

/** Why the campaign in force cannot be followed by another yet: nobody could close its contest or answer its units any more. */
export async function whyNotNext(db: Queries): Promise<ErrorCode | undefined> {
  const { campaign, inForce } = await contestOf(db);
  if (inForce && !inForce.snapshot.sample && campaign.closedOn === undefined) return 'contest-not-closed';
  return (await hasOpenObjections(db, campaign)) ? 'objections-unanswered' : undefined;
}

/** An id of its name that no campaign ever had. */
async function freeId(db: Queries, name: string): Promise<string> {
  const base = slugOf(name, 'chien-dich');
  let id = base;
  for (let number = 2; (await findCampaign(db, id)) !== undefined; number++) id = `${base}-${number}`;
  return id;
}

/** What is asked for, whole: zone and host of the codes go on. It is never a trial, whose dates would be those of the month. */
export async function nextCampaign(db: Queries, before: Campaign, { settings, contest }: NextCampaign): Promise<Campaign> {
  const { tree, measure, denominator } = contest;
  const isSame = measure.vi === before.measure.name.vi;
  return {
    ...settings,
    ...{ id: await freeId(db, settings.name.vi), zone: before.zone, tree, denominator, trial: false },
    measure: { id: isSame ? before.measure.id : slugOf(measure.vi, before.measure.id), name: measure },
    ...(before.scanHost === undefined ? {} : { scanHost: before.scanHost }),
  };
}

/** Inside a transaction; the caller then tells the players. Programmes go on with the new campaign's dates and links. @throws ApiFailure */
export async function beginCampaign(context: Pick<ServerContext, 'keys' | 'now'>, db: Queries, campaign: Campaign, by: string): Promise<void> {
  const refusal = await whyNotNext(db);
  if (refusal !== undefined) throw new ApiFailure(refusal);
  if (await findCampaign(db, campaign.id)) throw new ApiFailure('approval-void');
  const { campaign: before } = await contestOf(db);
  // An address goes on giving figures only where they mean the same.
  const isSame = before.tree === campaign.tree && before.measure.id === campaign.measure.id;
  await followCampaign(db, isSame ? campaign.id : undefined);
  await putSettings(context, db, campaign, by);
}
