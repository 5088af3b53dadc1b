// Whose words this screen takes for agreed: those of the content that approvers have signed.
import type { SignedWords } from '../core/agreed-words.ts';
import type { Audience } from '../core/profile.ts';
import { approversNeeded } from '../core/root-document.ts';
import type { Holdings } from './holdings.ts';

/** `undefined` where no approver signs what such viewers see. Before there is content, the server's name in the root document stands for who speaks. */
export function signedWordsOf({ root, manifest }: Pick<Holdings, 'root' | 'manifest'>, audience: Audience): SignedWords | undefined {
  if (!root || approversNeeded(root.document, audience) === 0) return undefined;
  const campaign = manifest?.manifest.campaign;
  return { speaker: campaign?.speaker ?? { vi: root.document.serverName }, occasions: campaign?.occasions };
}
