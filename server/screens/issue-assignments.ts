// Signs what a screen is told about itself, as the next version.
import type { Assignment } from '../../core/manifest.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { manifestOfScreen } from '../manifests/manifest-of-screen.ts';
import { readServers } from '../settings/server-addresses.ts';
import { unitPath } from '../units/unit-path.ts';
import { addAssignment } from './assignment-store.ts';
import { noteFacts } from './screen-history-store.ts';
import { screensOfChannels, setAssignment, type Screen } from './screen-store.ts';

export interface Issuer {
  readonly keys: Keys;
  readonly at: number;
}

/** What many screens have in common, read once for all that are issued together. */
function commonFacts(db: Queries) {
  const manifests = new Map<string, Awaited<ReturnType<typeof manifestOfScreen>>>();
  const paths = new Map<string | null, string[]>();
  let servers: string[] | undefined;
  return {
    async manifestOf(screen: Screen) {
      const key = `${screen.channel} ${screen.canary}`;
      if (!manifests.has(key)) manifests.set(key, await manifestOfScreen(db, screen));
      return manifests.get(key) ?? null;
    },
    async unitsOf({ unit }: Screen): Promise<string[]> {
      const path = paths.get(unit) ?? (await unitPath(db, unit));
      paths.set(unit, path);
      return path;
    },
    servers: async () => (servers ??= await readServers(db)),
  };
}

/** Issues a screen's assignment anew, above its last version and above `floor`. */
export async function issueAssignment(db: Queries, screen: Screen, { keys, at }: Issuer, floor = 0, common = commonFacts(db)): Promise<void> {
  const { id, number, name, place, unit, operator, profile, hours, channel, state, trial, pin } = screen;
  const manifest = await common.manifestOf(screen);
  const units = await common.unitsOf(screen);
  const version = Math.max(screen.version, floor) + 1;
  const assignment: Assignment = {
    ...{ screen: id, number, version, issuedAt: at, name, place, profile, hours: [...hours], channel, state, trial },
    ...(unit === null ? {} : { unit, above: units.slice(1) }),
    ...(operator === '' ? {} : { operator }),
    manifest: manifest ? { sha256: manifest.sha256, version: manifest.version } : null,
    servers: await common.servers(),
    ...(pin === null ? {} : { pin: { salt: pin.salt, hash: pin.hash } }),
  };
  const signed = keys.sign('assignment', assignment);
  await addAssignment(db, signed, id, version, at);
  await setAssignment(db, id, version, signed.sha256);
  await noteFacts(db, id, { channel, state, trial, units, operator, hours: [...hours], profile }, at);
}

/** Issues the assignments of all screens of some channels. */
export async function issueAssignments(db: Queries, channels: readonly string[], issuer: Issuer): Promise<void> {
  const common = commonFacts(db);
  for (const screen of await screensOfChannels(db, channels)) await issueAssignment(db, screen, issuer, 0, common);
}
