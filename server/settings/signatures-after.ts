// How many approvers have to sign before screens take what a change of settings brings: whoever carries it out knows before.
import { audiences, profileSchema, type Audience } from '../../core/profile.ts';
import { approversNeeded } from '../../core/root-document.ts';
import { findChannel, listChannels } from '../channels/channel-store.ts';
import { channelsByRules, screenChannelSchema } from '../channels/move-screens.ts';
import { rulesOfText } from '../channels/rules-document.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { approvalsNeeded } from '../manifests/approvals-needed.ts';
import { missingSignatures } from '../manifests/missing-signatures.ts';
import { findScreen, listScreens } from '../screens/screen-store.ts';
import type { Asked } from './asked-store.ts';

/** 0 when they take it at once. */
export async function signaturesAfter(db: Queries, { root: { document: root } }: Keys, { kind, subject, after }: Asked): Promise<number> {
  if (audiences.every((audience) => approversNeeded(root, audience) === 0)) return 0;
  const missing = missingSignatures(db, root);
  const joining = async (channel: string, audience: Audience) => missing((await findChannel(db, channel))?.manifest?.sha256 ?? null, audience);
  switch (kind) {
    // What is issued anew is in force only when it is signed.
    case 'layers':
      return approvalsNeeded(db, root, subject);
    case 'campaign':
    case 'next-campaign': {
      const needed: number[] = [];
      for (const { id } of await listChannels(db)) needed.push(await approvalsNeeded(db, root, id));
      return Math.max(0, ...needed);
    }
    case 'screen': {
      const screen = await findScreen(db, subject);
      return screen ? joining(screen.channel, profileSchema.parse(JSON.parse(after)).audience) : 0;
    }
    case 'channel': {
      const screen = await findScreen(db, subject);
      return screen ? joining(screenChannelSchema.parse(JSON.parse(after)).channel, screen.profile.audience) : 0;
    }
    case 'rules': {
      const screens = await listScreens(db);
      const channels = await channelsByRules(db, screens, rulesOfText(after));
      const needed: number[] = [];
      for (const { id, channel, profile } of screens) {
        const next = channels.get(id) ?? channel;
        if (next !== channel) needed.push(await joining(next, profile.audience));
      }
      return Math.max(0, ...needed);
    }
  }
}
