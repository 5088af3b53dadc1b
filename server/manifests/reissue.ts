// After the content key was replaced: what stands was signed by a key that no player takes any more, so it is issued anew.
import { assignmentSchema, manifestSchema } from '../../core/manifest.ts';
import { orderSchema } from '../../core/orders.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { listChannels } from '../channels/channel-store.ts';
import { transact, type Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { askableOrders, signOrderAgain } from '../orders/order-store.ts';
import { signAgain, snapshotEnvelopes } from '../scoreboard/snapshot-store.ts';
import { assignmentEnvelope } from '../screens/assignment-store.ts';
import { issueAssignment } from '../screens/issue-assignments.ts';
import { listScreens } from '../screens/screen-store.ts';
import { manifestEnvelope } from './manifest-store.ts';
import { republish } from './publish.ts';

const read = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** @returns how many documents were issued anew */
export async function reissueUnderNewKeys(db: Queries, keys: Keys, at: number): Promise<number> {
  return transact(db, async (trx) => {
    const publisher = { keys, by: 'server', at };
    let issued = 0;
    for (const channel of await listChannels(trx)) {
      if (!channel.manifest) continue;
      const raw = read(await manifestEnvelope(trx, channel.manifest.sha256));
      if (!keys.open(raw, 'manifest', manifestSchema).ok) issued += (await republish(trx, [channel], publisher)).length;
    }
    for (const screen of await listScreens(trx)) {
      if (screen.assignment === null || keys.open(read(await assignmentEnvelope(trx, screen.assignment)), 'assignment', assignmentSchema).ok) continue;
      await issueAssignment(trx, screen, publisher);
      issued += 1;
    }
    // Figures keep their number and their words; only who vouches for them changes.
    for (const { sha256, envelope } of await snapshotEnvelopes(trx)) {
      if (keys.open(envelope, 'snapshot', snapshotSchema).ok) continue;
      await signAgain(trx, keys, sha256, envelope);
      issued += 1;
    }
    // So do orders: a screen that holds one, or has yet to hear of its end, knows it by its hash.
    for (const order of await askableOrders(trx, at)) {
      if (keys.open(order.envelope, 'order', orderSchema).ok) continue;
      await signOrderAgain(trx, keys, order);
      issued += 1;
    }
    return issued;
  });
}
