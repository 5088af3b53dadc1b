// What is in force without approvers' signatures although a screen asks for them now.
import type { RootDocument } from '../../core/root-document.ts';
import { listChannels, type Channel } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { approvalsNeeded } from './approvals-needed.ts';
import { awaitedOfChannels } from './awaited-store.ts';
import { peopleBehind } from './missing-signatures.ts';
import { republish } from './publish.ts';

async function isMissing(db: Queries, root: RootDocument, { id, manifest }: Channel): Promise<boolean> {
  const needed = await approvalsNeeded(db, root, id);
  if (needed === 0 || manifest === null || (await awaitedOfChannels(db, [id])).length > 0) return false;
  return (await peopleBehind(db, root, manifest.sha256)) < needed;
}

/**
 * After approvers were named, or a screen that asks for them has joined a channel: the content of the channel is issued anew and waits for their signatures.
 * What plays goes on meanwhile.
 */
export async function awaitMissingSignatures({ db, keys, now, console: tellConsoles, log }: ServerContext): Promise<void> {
  const { document: root } = keys.root;
  if (!root.roles.content.approvers) return;
  const channels = await transact(db, async (trx) => {
    const missing: Channel[] = [];
    for (const channel of await listChannels(trx)) if (await isMissing(trx, root, channel)) missing.push(channel);
    if (missing.length > 0) await republish(trx, missing, { keys, by: 'server', at: now() });
    return missing;
  });
  if (channels.length === 0) return;
  log.warn({ channels: channels.map(({ id }) => id) }, 'content waits for signatures of approvers');
  tellConsoles('playlists');
}
