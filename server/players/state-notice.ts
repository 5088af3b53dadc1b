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

/** What is read of screens, once for all that share a key. */
async function readOnce<Value>(
  screens: readonly NoticedScreen[],
  keyOf: (screen: NoticedScreen) => string | boolean | null,
  read: (screen: NoticedScreen) => Promise<Value>,
): Promise<(screen: NoticedScreen) => Value> {
  const found = new Map<string | boolean | null, Value>();
  for (const screen of screens) if (!found.has(keyOf(screen))) found.set(keyOf(screen), await read(screen));
  return (screen) => found.get(keyOf(screen)) as Value;
}

/** Reads what these screens should have as of an instant. What many have in common is read once, so that thousands are then told without a wait between them. */
export async function stateReader(
  db: Queries,
  keys: Keys,
  screens: readonly NoticedScreen[],
  now: number,
): Promise<(screen: NoticedScreen, jitterMs: number) => StateNotice> {
  const standing = await standingOrders(db, now);
  const manifestOf = await readOnce(
    screens,
    ({ channel, canary }) => `${channel} ${canary}`,
    async (screen) => (await manifestOfScreen(db, screen))?.sha256 ?? null,
  );
  const snapshotOf = await readOnce(
    screens,
    ({ trial }) => trial,
    async (screen): Promise<StateNotice['snapshot']> => {
      const found = (await snapshotsFor(db, screen))?.current;
      return found ? { number: found.snapshot.number, sha256: found.sha256 } : null;
    },
  );
  const pathOf = await readOnce(
    standing.length === 0 ? [] : screens,
    ({ unit }) => unit,
    ({ unit }) => unitPath(db, unit),
  );
  const ordersOf = (screen: NoticedScreen): StateNotice['orders'] => {
    if (standing.length === 0) return [];
    const aimed: Aimed = { screen: screen.id, units: pathOf(screen), profile: screen.profile, operator: screen.operator };
    return standing.filter(({ document }) => fits(document.target, aimed)).map(({ document, sha256 }) => ({ number: document.number, sha256 }));
  };
  return (screen, jitterMs) => {
    if (screen.assignment === null) throw new Error(`screen ${screen.id} has no assignment`);
    return {
      root: { number: keys.root.document.number, sha256: keys.root.sha256 },
      assignment: screen.assignment,
      manifest: manifestOf(screen),
      snapshot: snapshotOf(screen),
      orders: ordersOf(screen),
      jitterMs,
    };
  };
}

export async function stateFor(db: Queries, keys: Keys, screen: NoticedScreen, jitterMs: number, now: number): Promise<StateNotice> {
  return (await stateReader(db, keys, [screen], now))(screen, jitterMs);
}
