// Orders as the console shows them: what was ordered by whom, and how many screens prove to obey.
import { peopleWhoApproved } from '../../core/approvers.ts';
import { isPast } from '../../core/cover.ts';
import type { AlertRequest, OrderScreen, OrderView, Reach } from '../../core/order-api.ts';
import { endOf } from '../../core/orders.ts';
import type { HealthReport } from '../../core/health.ts';
import type { RootDocument } from '../../core/root-document.ts';
import type { Queries } from '../database/open-database.ts';
import { assertions } from '../keys/assertions.ts';
import type { LivePlayers } from '../players/players.ts';
import { reportOf, type Screen } from '../screens/screen-store.ts';
import { alertWords } from './alert-words.ts';
import { peopleToSign, screensOf, signaturesFor } from './aim.ts';
import { alertHeadlines, openRequests, orderByHash, type OrderRequest, type StandingOrder } from './order-store.ts';
import { storedAlertSchema } from './stored-alert.ts';

const obeys = (report: HealthReport | null | undefined, sha256: string) => report?.orders?.some((ref) => ref.sha256 === sha256 && ref.obeyed) ?? false;

/** How each screen that an order means stands to it. Connected is not enough: its page has to prove it. */
export async function orderScreens(db: Queries, players: LivePlayers, { document, sha256 }: StandingOrder): Promise<OrderScreen[]> {
  const state = (screen: Screen): OrderScreen => {
    const live = players.live(screen.id);
    const obedience = live ? (obeys(live.health?.report, sha256) ? 'obeyed' : 'unconfirmed') : 'unreachable';
    const { id, number, name, place, contact, operator, lastSeenAt } = screen;
    return {
      ...{ screen: id, number, name, place, contact, operator, obedience, obeyedLast: obeys(live?.health?.report ?? reportOf(screen), sha256) },
      lastSeenAt: live ? (live.health?.at ?? live.connectedAt) : lastSeenAt,
    };
  };
  return (await screensOf(db, document.target)).map(state);
}

async function stateOf(db: Queries, order: StandingOrder, now: number): Promise<Pick<OrderView, 'state' | 'ended'>> {
  const { document, endedBy, expiresAt } = order;
  if (endedBy !== null) {
    const end = await orderByHash(db, endedBy);
    return { state: 'ended', ended: end ? { at: end.sentAt, by: end.author, reason: end.reason } : null };
  }
  if (expiresAt !== null && expiresAt <= now) return { state: 'expired', ended: null };
  const today = new Date(now);
  const isComing = document.kind === 'solemn' && !isPast(document, now) && today.toLocaleDateString('sv-SE', { timeZone: document.zone }) < document.from;
  return { state: isComing ? 'coming' : 'standing', ended: null };
}

export async function orderView(db: Queries, players: LivePlayers, order: StandingOrder, requests: readonly OrderRequest[], now: number): Promise<OrderView> {
  const { document, sha256, author, reason, basis } = order;
  const { number, kind, issuedAt, target } = document;
  const state = await stateOf(db, order, now);
  const isOver = state.state === 'ended' || state.state === 'expired';
  const screens = isOver ? [] : await orderScreens(db, players, order);
  const count = (obedience: OrderScreen['obedience']) => screens.filter((screen) => screen.obedience === obedience).length;
  const asked = isOver ? undefined : requests.find((request) => request.order === number);
  const alert = document.kind === 'alert' ? document : undefined;
  const solemn = document.kind === 'solemn' ? document : undefined;
  return {
    ...{ number, sha256, kind, issuedAt, target, author, reason, basis, ...state },
    words: alert?.headline ?? solemn?.occasion ?? null,
    drill: alert?.drill ?? false,
    priority: alert?.priority ?? null,
    area: alert?.area ?? null,
    expiresAt: endOf(document) ?? null,
    days: solemn ? { from: solemn.from, until: solemn.until } : null,
    endAsked: asked ? { at: asked.at, by: asked.author, reason: asked.body } : null,
    progress: { screens: screens.length, obeyed: count('obeyed'), unconfirmed: count('unconfirmed'), unreachable: count('unreachable') },
  };
}

/** Which screens a target means, and how many of them can be told at once. */
export function reachView(screens: readonly Screen[], players: LivePlayers, root: RootDocument): Reach {
  return {
    screens: screens.map(({ id, number, name, trial }) => ({ id, number, name, trial })),
    connected: screens.filter(({ id }) => players.live(id) !== undefined).length,
    real: screens.filter(({ trial }) => !trial).length,
    signatures: signaturesFor(root, screens),
  };
}

/** Alerts that wait for a second person, or for approvers' signatures. */
export async function alertRequests(db: Queries, root: RootDocument, now: number): Promise<AlertRequest[]> {
  const waiting: AlertRequest[] = [];
  for (const { id, order, body, author, at, signed } of await openRequests(db, now)) {
    if (order !== null) continue;
    const asked = storedAlertSchema.parse(JSON.parse(body));
    const { event, headline, instruction, priority } = alertWords(asked);
    const { drill, area, minutes, target, follows, cap } = asked;
    const screens = await screensOf(db, target);
    const signatures = signed && {
      needed: peopleToSign(root, screens),
      signed: peopleWhoApproved(signed.envelope, 'order', root.roles.content.approvers?.keys ?? {}, assertions),
      expiresAt: signed.document.expiresAt,
    };
    const ends = await alertHeadlines(db, [...new Set([...(follows === undefined ? [] : [follows]), ...(cap?.ends ?? [])])]);
    const words = { event, headline, instruction: instruction ?? null, area, ends };
    waiting.push({ id, by: author, at, drill, priority, ...words, minutes, screens: screens.length, signatures });
  }
  return waiting;
}
