// A server restored from an old backup learns from its players what it had issued since, and issues above it.
import type { Prove } from '../../core/protocol.ts';
import { findChannel } from '../channels/channel-store.ts';
import { liftNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import { republish, versionSeries, type Publisher } from '../manifests/publish.ts';
import { issueAssignment } from '../screens/issue-assignments.ts';
import { findScreen, type Screen } from '../screens/screen-store.ts';

/** No server issues this many; a player that reports more is not believed. */
const believable = 2 ** 40;

/** Runs inside a transaction. @returns the channels that were published anew */
export async function learnVersions(db: Queries, screen: Screen, accepted: Prove['accepted'], publisher: Publisher): Promise<string[]> {
  const republished: string[] = [];
  if (accepted.snapshot < believable) await liftNumber(db, 'snapshot', accepted.snapshot);
  const channel = await findChannel(db, screen.channel);
  if (channel && accepted.manifest < believable) {
    await liftNumber(db, versionSeries(channel.id), accepted.manifest);
    if (channel.manifest && channel.manifest.version < accepted.manifest) {
      for (const published of await republish(db, [channel], publisher)) republished.push(published.channel);
    }
  }
  const now = await findScreen(db, screen.id);
  if (now && accepted.assignment < believable && (now.assignment === null || now.version < accepted.assignment))
    await issueAssignment(db, now, publisher, accepted.assignment);
  return republished;
}
