// Screens for a bench, each with a box and its signed assignment, like the trial's screen of the same channel.
import type { ServerContext } from '../../server/context.ts';
import { transact } from '../../server/database/open-database.ts';
import { issueAssignment } from '../../server/screens/issue-assignments.ts';
import { addScreen, bindKey, findScreen, listScreens } from '../../server/screens/screen-store.ts';

/** @param like of which kind each is: that of the trial's screen of this channel; its own channel when absent */
export async function addScreens(
  { db, keys, now }: Pick<ServerContext, 'db' | 'keys' | 'now'>,
  screens: readonly { readonly channel: string; readonly publicKey: string; readonly like?: string }[],
): Promise<void> {
  const known = await listScreens(db);
  await transact(db, async (trx) => {
    for (const [index, { channel, publicKey, like = channel }] of screens.entries()) {
      const model = known.find((screen) => screen.channel === like);
      if (!model) throw new Error(`the trial has no screen of ${like}`);
      const { name, place, profile } = model;
      const { id } = await addScreen(trx, { name: `${name} ${index}`, place, channel, profile, trial: true }, now());
      await bindKey(trx, id, publicKey, now());
      const bound = await findScreen(trx, id);
      if (bound) await issueAssignment(trx, bound, { keys, at: now() });
    }
  });
}
