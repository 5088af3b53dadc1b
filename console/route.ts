// Addresses of the console's pages, as the part after `#`.
import { orderKinds, type OrderKind } from '../core/orders.ts';

export type Route =
  | { readonly page: 'sign-in'; readonly token: string | undefined }
  | { readonly page: 'screens' }
  | { readonly page: 'new-screen' }
  | { readonly page: 'outlook' }
  | { readonly page: 'sheets' }
  | { readonly page: 'batch' }
  | { readonly page: 'screen'; readonly id: string }
  | { readonly page: 'campaign' }
  | { readonly page: 'next-campaign' }
  | { readonly page: 'channels' }
  | { readonly page: 'pair'; readonly screen: string | undefined }
  | { readonly page: 'scoreboard' }
  | { readonly page: 'board-history' }
  | { readonly page: 'objections' }
  | { readonly page: 'targets' }
  | { readonly page: 'source' }
  | { readonly page: 'tokens' }
  | { readonly page: 'playlists' }
  | { readonly page: 'playlist'; readonly id: string }
  | { readonly page: 'revision'; readonly id: string; readonly revision: number }
  | { readonly page: 'approvals' }
  | { readonly page: 'account' }
  | { readonly page: 'people' }
  | { readonly page: 'scans' }
  | { readonly page: 'reports' }
  | { readonly page: 'library' }
  | { readonly page: 'orders'; readonly form: OrderKind };

export const addresses = {
  signIn: '#/sign-in',
  screens: '#/screens',
  newScreen: '#/screens/new',
  batch: '#/screens/batch',
  outlook: '#/screens/outlook',
  sheets: '#/screens/sheets',
  screen: (id: string) => `#/screens/${id}`,
  campaign: '#/campaign',
  nextCampaign: '#/campaign/next',
  channels: '#/channels',
  pair: (screen?: string) => (screen === undefined ? '#/screens/pair' : `#/screens/pair?screen=${encodeURIComponent(screen)}`),
  scoreboard: '#/scoreboard',
  boardHistory: '#/scoreboard/history',
  objections: '#/scoreboard/objections',
  targets: '#/scoreboard/targets',
  source: '#/scoreboard/source',
  tokens: '#/scoreboard/tokens',
  account: '#/account',
  people: '#/people',
  playlists: '#/playlists',
  approvals: '#/approvals',
  scans: '#/codes',
  reports: '#/reports',
  library: '#/library',
  orders: (form: OrderKind = 'stop') => `#/orders/${form}`,
  revision: (id: string, revision: number) => `#/playlists/${encodeURIComponent(id)}/revisions/${revision}`,
  playlist: (id: string) => `#/playlists/${encodeURIComponent(id)}`,
} as const;

/** The pages under the scoreboard's own. */
const boardPages = { tokens: 'tokens', history: 'board-history', objections: 'objections', targets: 'targets', source: 'source' } as const;
const isBoardPage = (word: string | undefined): word is keyof typeof boardPages => word !== undefined && Object.hasOwn(boardPages, word);

/** Reads the part of an address after `#`; anything unknown is the first page. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const words = new URLSearchParams(query);
  const [first, second, third, fourth] = path.split('/').filter((part) => part !== '');
  if (first === 'sign-in') return { page: 'sign-in', token: words.get('token') || undefined };
  if (first === 'screens' && second === 'batch') return { page: 'batch' };
  if (first === 'screens' && second === 'new') return { page: 'new-screen' };
  if (first === 'screens' && second === 'outlook') return { page: 'outlook' };
  if (first === 'screens' && second === 'sheets') return { page: 'sheets' };
  if (first === 'screens' && second === 'pair') return { page: 'pair', screen: words.get('screen') ?? undefined };
  if (first === 'screens' && /^[0-9a-f-]{36}$/.test(second ?? '')) return { page: 'screen', id: second ?? '' };
  if (first === 'channels') return { page: 'channels' };
  if (first === 'campaign') return { page: second === 'next' ? 'next-campaign' : 'campaign' };
  if (first === 'scoreboard') return { page: isBoardPage(second) ? boardPages[second] : 'scoreboard' };
  if (first === 'playlists' && second !== undefined && third === 'revisions' && /^[1-9]\d{0,8}$/.test(fourth ?? ''))
    return { page: 'revision', id: safeDecode(second), revision: Number(fourth) };
  if (first === 'playlists') return second === undefined ? { page: 'playlists' } : { page: 'playlist', id: safeDecode(second) };
  if (first === 'approvals') return { page: 'approvals' };
  if (first === 'account') return { page: 'account' };
  if (first === 'people') return { page: 'people' };
  if (first === 'library') return { page: 'library' };
  if (first === 'reports') return { page: 'reports' };
  if (first === 'codes') return { page: 'scans' };
  if (first === 'orders') return { page: 'orders', form: orderKinds.find((kind) => kind === second) ?? 'stop' };
  return { page: 'screens' };
}

/** The token in a sign-in link as a person pastes it: a whole address, its end, or the token alone. */
export function tokenOfLink(text: string): string | undefined {
  const clean = text.trim();
  const found = /[?&]token=([^&#\s]+)/.exec(clean)?.[1];
  if (found !== undefined) return safeDecode(found);
  return /^[\w.~-]{16,}$/.test(clean) ? clean : undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
