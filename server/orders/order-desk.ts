// Issues and ends orders: whom they reach, who may, whether a second person is needed, and the word to players, consoles and the audit log.
import { Temporal } from 'temporal-polyfill';
import { confirmWords, type NewAlert } from '../../core/order-api.ts';
import { drillMarks, longestPauseMs, maxOrders, type Alert, type Target } from '../../core/orders.ts';
import { isAgreedOccasion } from '../../core/solemn-occasions.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { isOutdoors } from '../publishing/outdoors.ts';
import type { Screen } from '../screens/screen-store.ts';
import { isWithin, screensOf, signaturesFor } from './aim.ts';
import { alertWords, isFree } from './alert-words.ts';
import {
  addOrder,
  addRequest,
  findOrder,
  keepOrder,
  openRequests,
  settleRequest,
  signedAnew,
  signOrder,
  standingOrders,
  type AwaitedAlert,
  type OrderDraft,
  type OrderRequest,
  type StandingOrder,
  type StoredOrder,
} from './order-store.ts';
import { storedAlertSchema, type StoredAlert } from './stored-alert.ts';

export interface OrderWords {
  readonly reason: string;
  readonly basis: string;
  readonly expiresAt?: number | null;
}

/** The new order, or that a second person has to do the same, or that approvers have to sign it. */
export type Done = { readonly order: StoredOrder } | { readonly waiting: true };

export interface OrderDesk {
  /** The screens that a target means, refused when the caller may not touch one of them. */
  reach(caller: Caller, target: Target): Promise<Screen[]>;
  /** @param until of a pause for works */
  stop(caller: Caller, target: Target, words: OrderWords, until?: number): Promise<StoredOrder>;
  solemn(caller: Caller, draft: Omit<Extract<OrderDraft, { kind: 'solemn' }>, 'kind' | 'zone'>, words: OrderWords): Promise<StoredOrder>;
  alert(caller: Caller, alert: StoredAlert): Promise<Done>;
  /** Ends alerts at once, by one cancel. */
  cancel(caller: Caller, alerts: readonly number[], reason: string): Promise<StoredOrder>;
  /** Sends an alert that enough approvers have signed. @returns what tells players and consoles, once the transaction is through */
  sendSigned(trx: Queries, caller: Caller, alert: AwaitedAlert): Promise<() => void>;
  /** The second person's yes to an alert in free words. */
  confirm(caller: Caller, request: string, word: string): Promise<StoredOrder>;
  withdraw(caller: Caller, request: string): Promise<void>;
  end(caller: Caller, number: number, reason: string): Promise<Done>;
}

interface StandingAlert extends StandingOrder {
  readonly document: Alert;
}
const isAlert = (order: StandingOrder): order is StandingAlert => order.document.kind === 'alert';
const refOf = ({ document, sha256 }: StandingOrder) => ({ number: document.number, sha256 });

const fallbackZone = 'Asia/Ho_Chi_Minh';

export function orderDesk({ db, keys, now, audit, players, console: tellConsoles }: ServerContext): OrderDesk {
  const isReal = (screens: readonly Screen[]) => screens.some(({ trial }) => !trial);

  const reach: OrderDesk['reach'] = async (caller, target) => {
    const screens = await screensOf(db, target);
    if (caller.unit !== undefined && !(await isWithin(db, caller.unit, target, screens))) throw new ApiFailure('outside-own-unit');
    return screens;
  };
  const reachSome: OrderDesk['reach'] = async (caller, target) => {
    const screens = await reach(caller, target);
    if (screens.length === 0) throw new ApiFailure('order-reaches-nobody');
    return screens;
  };

  /** A box of a screen for which approvers sign shows no sentence that the server alone wrote; two people at its pages are no passkeys. */
  const asksSignatures = (alert: StoredAlert, screens: readonly Screen[]) => isFree(alert) && signaturesFor(keys.root.document, screens).needed > 0;

  const requireRoom = async (queries: Queries) => {
    if ((await standingOrders(queries, now())).length >= maxOrders - 20) throw new ApiFailure('too-many-orders');
  };
  const announce = ({ envelope }: StoredOrder, told: readonly Screen[] | undefined) => {
    players.pushOrder(
      envelope,
      told?.map(({ id }) => id),
    );
    players.stateChanged();
    tellConsoles('orders');
    tellConsoles('screens');
  };

  const issue = async (
    caller: Caller,
    draft: OrderDraft,
    { reason, basis, expiresAt = null }: OrderWords,
    told: readonly Screen[] | undefined,
  ): Promise<StoredOrder> => {
    if (draft.kind !== 'cancel' && draft.kind !== 'stop') await requireRoom(db);
    const order = await transact(db, async (trx) => {
      const added = await addOrder(trx, keys, draft, { at: now(), person: caller.id, author: caller.name, reason, basis, expiresAt });
      const { document } = added;
      await audit({ who: caller.name, what: `order.${document.kind}`, subject: String(document.number), after: { ...document, reason, basis } }, trx);
      return added;
    });
    announce(order, told);
    return order;
  };

  /** @param speaker who speaks, other than the campaign's */
  const draftOf = async (alert: StoredAlert, before: readonly StandingAlert[], at: number, speaker?: string) => {
    const { target, area, drill, minutes, cap } = alert;
    const campaign = await currentCampaign(db);
    const server = keys.root.document.serverName;
    const expiresAt = cap?.expiresAt ?? at + minutes * 60_000;
    if (expiresAt <= at) throw new ApiFailure('order-over');
    return {
      ...{ kind: 'alert' as const, target, area, drill, ...alertWords(alert), speaker: speaker ? { vi: speaker } : (campaign?.speaker ?? { vi: server }) },
      ...{ sender: cap?.sender ?? server, identifier: cap?.identifier ?? `${server}-${at}`, expiresAt },
      references: cap?.references ?? before.map(({ document }) => `${document.sender},${document.identifier},${new Date(document.issuedAt).toISOString()}`),
      ends: before.map(refOf),
    };
  };
  /** Those who showed the one before have to hear that it is over, whomever the new one is for. */
  const toldOf = ({ ends }: Pick<Alert, 'ends'>, screens: readonly Screen[]) => (ends.length > 0 ? undefined : screens);

  const send = async (caller: Caller, alert: StoredAlert, before: readonly StandingAlert[]): Promise<StoredOrder> => {
    const { target, basis, cap } = alert;
    const screens = await reachSome(caller, target);
    const draft = await draftOf(alert, before, now(), cap?.speaker);
    return issue(caller, draft, { reason: '', basis, expiresAt: draft.expiresAt }, toldOf(draft, screens));
  };

  const ask = async (caller: Caller, alert: StoredAlert, signed?: { readonly draft: OrderDraft; readonly at: number }): Promise<Done> => {
    const { id: person, name: author } = caller;
    await transact(db, async (trx) => {
      const order = signed && (await signOrder(trx, keys, signed.draft, signed.at));
      const asked = { order: null, body: JSON.stringify(alert), person, author, at: signed?.at ?? now() };
      const request = await addRequest(trx, { ...asked, ...(order ? { signed: order } : {}) });
      await audit({ who: author, what: 'order.alert.ask', subject: request.id, after: { ...alert, ...(order ? { signed: order.document } : {}) } }, trx);
    });
    tellConsoles('orders');
    return { waiting: true };
  };

  const checkWords = ({ drill, words, confirm }: NewAlert) => {
    const wanted = drill ? confirmWords.drill : confirmWords.live;
    if (confirm.trim().normalize('NFC') !== wanted) throw new ApiFailure('confirm-word', [{ path: 'confirm', reason: wanted }]);
    if ('headline' in words && Object.values(drillMarks).some((mark) => words.headline.vi.startsWith(mark) || words.headline.en?.startsWith(mark)))
      throw new ApiFailure('bad-request', [{ path: 'words.headline', reason: `the mark ${drillMarks.vi} is set by itself` }]);
  };

  const standingAlerts = async (): Promise<StandingAlert[]> => (await standingOrders(db, now())).filter(isAlert);

  /** The alerts whose place a new one takes, none of them outside of what its caller may touch. */
  const followed = async (caller: Caller, { follows, cap, drill }: StoredAlert): Promise<StandingAlert[]> => {
    if (follows === undefined && !cap) return [];
    const standing = await standingAlerts();
    const found = standing.filter(({ document }) => document.number === follows || cap?.ends.includes(document.number));
    if (follows !== undefined && found.length === 0) throw new ApiFailure('order-over');
    if (drill && found.some(({ document }) => !document.drill)) throw new ApiFailure('drill-for-real');
    for (const { document } of found) await reach(caller, document.target);
    return found;
  };

  const requested = async (id: string): Promise<OrderRequest> => {
    const request = (await openRequests(db, now())).find((each) => each.id === id && each.order === null);
    if (!request) throw new ApiFailure('order-over');
    return request;
  };

  /** @returns whether enough people have asked for the end */
  const mayEnd = async (caller: Caller, order: StandingOrder, screens: readonly Screen[], reason: string): Promise<boolean> => {
    const { kind, number } = order.document;
    if (!isReal(screens)) return true;
    // A pause would be over by itself: whoever began it may end it sooner.
    if (kind === 'stop' && order.expiresAt !== null) return true;
    if (kind === 'stop') {
      if (caller.role !== 'approver' && caller.role !== 'admin') throw new ApiFailure('approver-needed');
      if (order.person === caller.id) throw new ApiFailure('second-person-lifts');
      return true;
    }
    if (kind === 'alert') return true;
    const asked = (await openRequests(db, now())).filter((request) => request.order === number);
    if (asked.some(({ person }) => person !== caller.id)) return true;
    if (asked.length === 0) {
      await transact(db, async (trx) => {
        await addRequest(trx, { order: number, body: reason, person: caller.id, author: caller.name, at: now() });
        await audit({ who: caller.name, what: 'order.end.ask', subject: String(number), after: { reason } }, trx);
      });
      tellConsoles('orders');
    }
    return false;
  };

  return {
    reach,
    async stop(caller, target, words, until) {
      if (until === undefined) return issue(caller, { kind: 'stop', target }, words, await reachSome(caller, target));
      if (until <= now() || until - now() > longestPauseMs) throw new ApiFailure('pause-too-long');
      return issue(caller, { kind: 'stop', target, until }, { ...words, expiresAt: until }, await reachSome(caller, target));
    },
    async solemn(caller, draft, words) {
      const screens = await reachSome(caller, draft.target);
      const campaign = await currentCampaign(db);
      // One person begins it, so its words are agreed ones where the street reads them.
      if (isReal(screens.filter(isOutdoors)) && !isAgreedOccasion(draft.occasion, campaign?.occasions)) throw new ApiFailure('occasion-free');
      const zone = campaign?.zone ?? fallbackZone;
      if (draft.until < draft.from) throw new ApiFailure('bad-request', [{ path: 'until', reason: 'the last day lies before the first' }]);
      const expiresAt = Temporal.PlainDate.from(draft.until).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
      if (expiresAt <= now()) throw new ApiFailure('bad-request', [{ path: 'until', reason: 'the last day has passed' }]);
      return issue(caller, { ...draft, kind: 'solemn', zone }, { ...words, expiresAt }, screens);
    },
    async alert(caller, alert) {
      checkWords(alert);
      const before = await followed(caller, alert);
      const screens = await reachSome(caller, alert.target);
      alertWords(alert);
      if (asksSignatures(alert, screens)) {
        const at = now();
        // Boxes that ask for signatures show the campaign's speaker whatever a document says: it is what approvers read.
        return ask(caller, alert, { draft: await draftOf(alert, before, at), at });
      }
      if (!isFree(alert) || !isReal(screens)) return { order: await send(caller, alert, before) };
      return ask(caller, alert);
    },
    async sendSigned(trx, caller, { id, body, person, author, signed }) {
      if (!(await settleRequest(trx, id, now()))) throw new ApiFailure('signature-over');
      await requireRoom(trx);
      const { basis } = storedAlertSchema.parse(JSON.parse(body));
      const { expiresAt, target } = signed.document;
      // The server's keys may be others than when it was asked for.
      const order = await keepOrder(trx, signedAnew(keys, signed), { at: now(), person, author, reason: '', basis, expiresAt });
      await audit({ who: caller.name, what: 'order.alert', subject: String(signed.document.number), after: { ...signed.document, basis } }, trx);
      const screens = await screensOf(trx, target);
      return () => announce(order, toldOf(signed.document, screens));
    },
    async cancel(caller, numbers, reason) {
      const alerts = (await standingAlerts()).filter(({ document }) => numbers.includes(document.number));
      if (alerts.length === 0) throw new ApiFailure('order-over');
      for (const { document } of alerts) await reach(caller, document.target);
      return issue(caller, { kind: 'cancel', ends: alerts.map(refOf) }, { reason, basis: '' }, undefined);
    },
    async confirm(caller, id, word) {
      const request = await requested(id);
      if (request.person === caller.id) throw new ApiFailure('second-person-lifts');
      const alert = storedAlertSchema.parse(JSON.parse(request.body));
      checkWords({ ...alert, confirm: word });
      if (request.signed || asksSignatures(alert, await reachSome(caller, alert.target))) throw new ApiFailure('alert-needs-signatures');
      const before = await followed(caller, alert);
      if (!(await settleRequest(db, id, now()))) throw new ApiFailure('order-over');
      return send(caller, alert, before);
    },
    async withdraw(caller, id) {
      const request = await requested(id);
      if (caller.unit !== undefined) await reach(caller, storedAlertSchema.parse(JSON.parse(request.body)).target);
      if (!(await settleRequest(db, id, now()))) throw new ApiFailure('order-over');
      await audit({ who: caller.name, what: 'order.alert.withdraw', subject: id });
      tellConsoles('orders');
    },
    async end(caller, number, reason) {
      const order = await findOrder(db, number);
      if (!order) throw new ApiFailure('not-found');
      if (order.endedBy !== null || (order.expiresAt !== null && order.expiresAt <= now())) throw new ApiFailure('order-over');
      const screens = await reach(caller, order.document.target);
      if (!(await mayEnd(caller, order, screens, reason))) return { waiting: true };
      for (const { id } of (await openRequests(db, now())).filter((request) => request.order === number)) await settleRequest(db, id, now());
      return { order: await issue(caller, { kind: 'cancel', ends: [{ number, sha256: order.sha256 }] }, { reason, basis: '' }, undefined) };
    },
  };
}
