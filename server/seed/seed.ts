// What the server puts in place at a start: all of it in one transaction, so that a power cut leaves the old state or the new one.
import { join } from 'node:path';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { channelsOfPlaylist, listChannels } from '../channels/channel-store.ts';
import { transact, type Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { publishPlaylist, republish, type Publisher } from '../manifests/publish.ts';
import { addPerson, cityAdministrators } from '../people/person-store.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { outdoorScreens } from '../publishing/outdoors.ts';
import { issueAssignment, issueAssignments } from '../screens/issue-assignments.ts';
import { listScreens } from '../screens/screen-store.ts';
import { writeServers } from '../settings/server-addresses.ts';
import { readShippedCampaign, rollTrialCampaign, seedCampaign } from './seed-campaign.ts';
import { seedPlaylists } from './seed-playlists.ts';
import { seedSample } from './seed-sample.ts';
import { seedChannels, seedTrialScreens } from './seed-trial.ts';
import { seedUnits } from './seed-units.ts';
import { readShippedPlaylists } from './shipped-playlists.ts';

export interface SeedOptions {
  readonly assetsDir: string;
  readonly playlistsDir: string;
  readonly campaignFile: string;
  readonly filesDir: string;
  readonly trial: boolean;
  readonly tree: string | undefined;
  /** File of the site's own units. */
  readonly units: string | undefined;
  readonly servers: readonly string[];
}

const administratorName = 'Quản trị viên';
const administratorLogin = 'quantri';

/** @returns what was wrong with shipped playlists, one text each */
export async function seed(db: Queries, keys: Keys, options: SeedOptions, now: number): Promise<{ problems: string[] }> {
  const { assetsDir, trial, tree } = options;
  const campaign = await readShippedCampaign(options.campaignFile);
  const shipped = await readShippedPlaylists(options.playlistsDir, assetsDir, options.filesDir);
  const publisher: Publisher = { keys, by: 'server', at: now };

  return transact(db, async (trx) => {
    if ((await cityAdministrators(trx)).length === 0) await addPerson(trx, administratorName, 'admin', now, { login: administratorLogin });
    await seedUnits(trx, assetsDir, options.units);
    const { changed } = await seedCampaign(trx, campaign, { trial, tree }, now);
    const { taken, problems } = await seedPlaylists(trx, shipped, now);
    await seedChannels(trx);
    if (trial) {
      await seedTrialScreens(
        trx,
        (await listChannels(trx)).map(({ id }) => id),
        now,
      );
    }
    const moved = await writeServers(trx, options.servers);
    const fresh = new Set<string>();
    for (const id of taken) {
      // On a screen outdoors what came with an update waits, like any edit, for two people.
      if ((await outdoorScreens(trx, await channelsOfPlaylist(trx, id))).length > 0) continue;
      fresh.add(id);
      const revision = (await findPlaylist(trx, id))?.revision;
      if (revision !== undefined) await publishPlaylist(trx, id, revision, await channelsOfPlaylist(trx, id), publisher);
    }
    const channels = await listChannels(trx);
    if (changed) {
      await republish(
        trx,
        channels.filter(({ playlist }) => !fresh.has(playlist)),
        publisher,
      );
    }
    if (moved) {
      await issueAssignments(
        trx,
        channels.map(({ id }) => id),
        publisher,
      );
    }
    for (const screen of await listScreens(trx)) if (screen.assignment === null) await issueAssignment(trx, screen, publisher);
    const inForce = await currentCampaign(trx);
    if (inForce?.trial) await seedSample(trx, keys, inForce, assetsDir, now);
    return { problems };
  });
}

/** Moves a trial's campaign on to the month of an instant and publishes it. @returns whether it had to move */
export function rollTrial(db: Queries, keys: Keys, now: number): Promise<boolean> {
  return transact(db, async (trx) => {
    if (!(await rollTrialCampaign(trx, now))) return false;
    await republish(trx, await listChannels(trx), { keys, by: 'server', at: now });
    return true;
  });
}

export function shippedCampaignFile(folder: string): string {
  return join(folder, 'campaigns', 'plan-311.json');
}
