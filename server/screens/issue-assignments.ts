// Signs what a screen is told about itself, as the next version.
import type { Assignment } from '../../core/manifest.ts';
import { findChannel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { readServers } from '../settings/server-addresses.ts';
import { unitPath } from '../units/unit-path.ts';
import { addAssignment } from './assignment-store.ts';
import { noteFacts } from './screen-history-store.ts';
import { screensOfChannels, setAssignment, type Screen } from './screen-store.ts';

export interface Issuer {
  readonly keys: Keys;
  readonly at: number;
}

/** Issues a screen's assignment anew, above its last version and above `floor`. */
export async function issueAssignment(db: Queries, screen: Screen, { keys, at }: Issuer, floor = 0): Promise<void> {
  const { id, number, name, place, unit, profile, hours, channel, state, trial } = screen;
  const manifest = (await findChannel(db, channel))?.manifest;
  const units = await unitPath(db, unit);
  const version = Math.max(screen.version, floor) + 1;
  const assignment: Assignment = {
    ...{ screen: id, number, version, issuedAt: at, name, place, profile, hours: [...hours], channel, state, trial },
    ...(unit === null ? {} : { unit, above: units.slice(1) }),
    manifest: manifest ? { sha256: manifest.sha256, version: manifest.version } : null,
    servers: await readServers(db),
  };
  const signed = keys.sign('assignment', assignment);
  await addAssignment(db, signed, id, version, at);
  await setAssignment(db, id, version, signed.sha256);
  await noteFacts(db, id, { channel, state, trial, units, hours: [...hours], profile }, at);
}

/** Issues the assignments of all screens of some channels. */
export async function issueAssignments(db: Queries, channels: readonly string[], issuer: Issuer): Promise<void> {
  for (const screen of await screensOfChannels(db, channels)) await issueAssignment(db, screen, issuer);
}
