// A server restored from an old backup learns from its players what it had issued since, and issues above it.
import type { Prove } from '../../core/protocol.ts';
import { findChannel } from '../channels/channel-store.ts';
import { liftNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import { awaitedOfChannels } from '../manifests/awaited-store.ts';
import { manifestOfScreen } from '../manifests/manifest-of-screen.ts';
import { republish, versionSeries, type Publisher } from '../manifests/publish.ts';
import { orderSeries } from '../orders/order-store.ts';
import { issueAssignment } from '../screens/issue-assignments.ts';
import { findScreen, type Screen } from '../screens/screen-store.ts';

/** No server issues this many; a player that reports more is not believed. */
const believable = 2 ** 40;
/** Root documents are made by hand or once a year. */
const believableRoots = 2 ** 16;

interface Known {
  readonly version: number;
  readonly sha256: string;
}

/** A player refuses what lies below its highest version, and another document under the same number. */
function isBehind(own: Known, version: number, hash: string | undefined): boolean {
  return own.version < version || (own.version === version && hash !== undefined && hash !== own.sha256);
}

/** Runs inside a transaction. @returns the channels that were published anew */
export async function learnVersions(
  db: Queries,
  screen: Screen,
  { accepted, acceptedHashes }: Pick<Prove, 'accepted' | 'acceptedHashes'>,
  publisher: Publisher,
): Promise<string[]> {
  const republished: string[] = [];
  if (accepted.root < believableRoots && accepted.root > publisher.keys.root.document.number)
    await publisher.keys.issueRootAbove(db, accepted.root, publisher.at);
  if (accepted.snapshot < believable) await liftNumber(db, 'snapshot', accepted.snapshot);
  if (accepted.order !== undefined && accepted.order < believable) await liftNumber(db, orderSeries, accepted.order);
  const channel = await findChannel(db, screen.channel);
  if (channel && accepted.manifest < believable) {
    await liftNumber(db, versionSeries(channel.id), accepted.manifest);
    const [awaited] = await awaitedOfChannels(db, [channel.id]);
    const isComing = awaited !== undefined && awaited.version > accepted.manifest;
    const own = await manifestOfScreen(db, screen);
    if (own && !isComing && isBehind(own, accepted.manifest, acceptedHashes?.manifest)) {
      for (const published of await republish(db, [channel], publisher)) republished.push(published.channel);
    }
  }
  const now = await findScreen(db, screen.id);
  if (now && accepted.assignment < believable) {
    const own = now.assignment === null ? undefined : { version: now.version, sha256: now.assignment };
    if (!own || isBehind(own, accepted.assignment, acceptedHashes?.assignment)) await issueAssignment(db, now, publisher, accepted.assignment);
  }
  return republished;
}
