// How many approvers have to sign what a channel plays.
import { approversNeeded, type RootDocument } from '../../core/root-document.ts';
import type { Queries } from '../database/open-database.ts';
import { screensOfChannels } from '../screens/screen-store.ts';

/** The most that any of its screens asks for: one manifest is for all of them. */
export async function approvalsNeeded(db: Queries, root: RootDocument, channel: string): Promise<number> {
  if (!root.roles.content.approvers) return 0;
  const screens = await screensOfChannels(db, [channel]);
  return Math.max(0, ...screens.map(({ profile }) => approversNeeded(root, profile.audience)));
}
