// What a screen should have: the hashes of its root, assignment, manifest and scoreboard snapshot.
import type { StateNotice } from '../../core/protocol.ts';
import { fits, type Aimed } from '../../core/orders.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { manifestOfScreen } from '../manifests/manifest-of-screen.ts';
import { standingOrders } from '../orders/order-store.ts';
import { currentSnapshots, type CurrentSnapshots } from '../scoreboard/snapshot-store.ts';
import type { NoticedScreen } from '../screens/screen-store.ts';
import { unitPath } from '../units/unit-path.ts';

/** The figures for a screen; made-up ones only for a trial screen. */
export async function snapshotsFor(db: Queries, { trial }: Pick<NoticedScreen, 'trial'>): Promise<CurrentSnapshots | undefined> {
  const campaign = await currentCampaign(db);
  return campaign && currentSnapshots(db, campaign.id, campaign.tree, trial ? 'trial' : 'real');
}

/** Reads what screens should have as of an instant; what many have in common is read once. */
export function stateReader(db: Queries, keys: Keys, now: number) {
  let orders: ReturnType<typeof standingOrders> | undefined;
  const snapshots = new Map<boolean, Promise<StateNotice['snapshot']>>();
  const manifests = new Map<string, Promise<string | null>>();
  const units = new Map<string | null, Promise<string[]>>();

  const readSnapshot = async (trial: boolean): Promise<StateNotice['snapshot']> => {
    const found = (await snapshotsFor(db, { trial }))?.current;
    return found ? { number: found.snapshot.number, sha256: found.sha256 } : null;
  };

  return async (screen: NoticedScreen, jitterMs: number): Promise<StateNotice> => {
    if (screen.assignment === null) throw new Error(`screen ${screen.id} has no assignment`);
    const key = `${screen.channel} ${screen.canary}`;
    const manifest = manifests.get(key) ?? manifestOfScreen(db, screen).then((found) => found?.sha256 ?? null);
    const snapshot = snapshots.get(screen.trial) ?? readSnapshot(screen.trial);
    manifests.set(key, manifest);
    snapshots.set(screen.trial, snapshot);
    orders ??= standingOrders(db, now);
    // All at once, so that a failure of one leaves none unheard.
    const [standing, ownManifest, ownSnapshot] = await Promise.all([orders, manifest, snapshot]);
    const path = units.get(screen.unit) ?? unitPath(db, standing.length === 0 ? null : screen.unit);
    units.set(screen.unit, path);
    const aimed: Aimed = { screen: screen.id, units: await path, profile: screen.profile, operator: screen.operator };
    return {
      root: { number: keys.root.document.number, sha256: keys.root.sha256 },
      assignment: screen.assignment,
      manifest: ownManifest,
      snapshot: ownSnapshot,
      orders: standing.filter(({ document }) => fits(document.target, aimed)).map(({ document, sha256 }) => ({ number: document.number, sha256 })),
      jitterMs,
    };
  };
}

export const stateFor = (db: Queries, keys: Keys, screen: NoticedScreen, jitterMs: number, now: number): Promise<StateNotice> =>
  stateReader(db, keys, now)(screen, jitterMs);
