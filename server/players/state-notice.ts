// What a screen should have: the hashes of its root, assignment, manifest and scoreboard snapshot.
import type { StateNotice } from '../../core/protocol.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { findChannel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { ordersFor } from '../orders/aim.ts';
import { currentSnapshots, type CurrentSnapshots } from '../scoreboard/snapshot-store.ts';
import type { Screen } from '../screens/screen-store.ts';

/** The figures for a screen; made-up ones only for a trial screen. */
export async function snapshotsFor(db: Queries, { trial }: Pick<Screen, 'trial'>): Promise<CurrentSnapshots | undefined> {
  const campaign = await currentCampaign(db);
  return campaign && currentSnapshots(db, campaign.id, campaign.tree, trial ? 'trial' : 'real');
}

export async function stateFor(db: Queries, keys: Keys, screen: Screen, jitterMs: number, now: number): Promise<StateNotice> {
  if (screen.assignment === null) throw new Error(`screen ${screen.id} has no assignment`);
  const snapshot = (await snapshotsFor(db, screen))?.current;
  return {
    root: { number: keys.root.document.number, sha256: keys.root.sha256 },
    assignment: screen.assignment,
    manifest: (await findChannel(db, screen.channel))?.manifest?.sha256 ?? null,
    snapshot: snapshot ? { number: snapshot.snapshot.number, sha256: snapshot.sha256 } : null,
    orders: (await ordersFor(db, screen, now)).map(({ document, sha256 }) => ({ number: document.number, sha256 })),
    jitterMs,
  };
}
