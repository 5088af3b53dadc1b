// Orders: every signed document of the series with who issued it and why, and what waits for a second person.
import { randomUUID } from 'node:crypto';
import type { AskedAlert } from '../../core/order-api.ts';
import { endsOf, orderSchema, type Alert, type Order, type OrderDocument } from '../../core/orders.ts';
import { envelopeSchema, readPayload, type ApprovalSignature, type Envelope } from '../../core/signed.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { sha256 as hashOf } from '../keys/ed25519.ts';
import type { Keys } from '../keys/keys.ts';

/** Series of the numbers of all orders. */
export const orderSeries = 'order';

/** An order with its number and the server's signature. */
export interface SignedOrder {
  readonly sha256: string;
  readonly envelope: Envelope;
  readonly document: OrderDocument;
}

export interface StoredOrder extends SignedOrder {
  /** Later than it was issued when it waited for approvers' signatures. */
  readonly sentAt: number;
  readonly expiresAt: number | null;
  /** Id and name of whoever issued it. */
  readonly person: string;
  readonly author: string;
  readonly reason: string;
  readonly basis: string;
  /** Hash of the document that ended it. */
  readonly endedBy: string | null;
}
export interface StandingOrder extends StoredOrder {
  readonly document: Order;
}

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number' | 'issuedAt'> : never;
/** An order before it is issued: number and instant come with its signature. */
export type OrderDraft = WithoutNumber<OrderDocument>;

export interface OrderOrigin {
  /** When it is sent. */
  readonly at: number;
  readonly person: string;
  readonly author: string;
  readonly reason: string;
  readonly basis: string;
  readonly expiresAt: number | null;
}

function readOrder(text: string): SignedOrder {
  const envelope = envelopeSchema.parse(JSON.parse(text));
  const sha256 = hashOf(envelope.payload);
  const read = readPayload(envelope.payload, orderSchema);
  if (!read.ok) throw new Error(`order ${sha256} in the database is damaged: ${read.detail}`);
  return { sha256, envelope, document: read.document };
}

function toOrder({ envelope, sent_at, expires_at, person, author, reason, basis, ended_by }: Row<'orders'>): StoredOrder {
  return { ...readOrder(envelope), sentAt: sent_at, expiresAt: expires_at, person, author, reason, basis, endedBy: ended_by };
}

const isStanding = (order: StoredOrder): order is StandingOrder => order.document.kind !== 'cancel';

/** Signs an order under the next number. Call it inside the transaction that keeps it. @throws ZodError when the draft is no order */
export async function signOrder(trx: Queries, keys: Pick<Keys, 'sign'>, draft: OrderDraft, at: number): Promise<SignedOrder> {
  const document = orderSchema.parse({ ...draft, number: await nextNumber(trx, orderSeries), issuedAt: at });
  return { ...keys.sign('order', document), document };
}

/** Stores an order that is sent now, and ends what it ends. Call it inside a transaction, with the transaction. */
export async function keepOrder(trx: Queries, { sha256, envelope, document }: SignedOrder, origin: OrderOrigin): Promise<StoredOrder> {
  const { at, person, author, reason, basis, expiresAt } = origin;
  const { number, kind, issuedAt } = document;
  const row = { sha256, number, kind, envelope: JSON.stringify(envelope), issued_at: issuedAt, sent_at: at, expires_at: expiresAt };
  await trx
    .insertInto('orders')
    .values({ ...row, person, author, reason, basis, ended_by: null })
    .execute();
  const ended = endsOf(document).map((ref) => ref.sha256);
  if (ended.length > 0) await trx.updateTable('orders').set({ ended_by: sha256 }).where('sha256', 'in', ended).where('ended_by', 'is', null).execute();
  return { sha256, envelope, document, sentAt: at, expiresAt, person, author, reason, basis, endedBy: null };
}

/** An order that is sent as soon as it is signed. */
export async function addOrder(trx: Queries, keys: Pick<Keys, 'sign'>, draft: OrderDraft, origin: OrderOrigin): Promise<StoredOrder> {
  return keepOrder(trx, await signOrder(trx, keys, draft, origin.at), origin);
}

/** Orders that nobody has ended and that have not run out, numbers rising. */
export async function standingOrders(db: Queries, now: number): Promise<StandingOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('ended_by', 'is', null)
    .where('kind', '!=', 'cancel')
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('number')
    .execute();
  return rows.map(toOrder).filter(isStanding);
}

export interface OrderInTime {
  readonly order: Order;
  readonly from: number;
  /** When it was ended or ran out; for ever while it stands. */
  readonly until: number;
}

/** The orders that stood at some instant of `[from, until)`, numbers rising. */
export async function ordersInForce(db: Queries, from: number, until: number): Promise<OrderInTime[]> {
  const rows = await db
    .selectFrom('orders as given')
    .leftJoin('orders as ending', 'ending.sha256', 'given.ended_by')
    .selectAll('given')
    .select('ending.sent_at as ended_at')
    .where('given.kind', '!=', 'cancel')
    .where('given.sent_at', '<', until)
    .where((where) => where.or([where('given.expires_at', 'is', null), where('given.expires_at', '>', from)]))
    .where((where) => where.or([where('ending.sent_at', 'is', null), where('ending.sent_at', '>', from)]))
    .orderBy('given.number')
    .execute();
  return rows.flatMap(({ ended_at, ...row }) => {
    const order = toOrder(row);
    const end = Math.min(ended_at ?? Number.POSITIVE_INFINITY, order.expiresAt ?? Number.POSITIVE_INFINITY);
    return isStanding(order) ? [{ order: order.document, from: row.sent_at, until: end }] : [];
  });
}

/** Every order and cancel that a player may still ask for: all but what has run out. */
export async function askableOrders(db: Queries, now: number): Promise<StoredOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .execute();
  return rows.map(toOrder);
}

/** The order under the keys of today; its bytes and so its hash stay, and with them what approvers have signed. */
export function signedAnew(keys: Pick<Keys, 'sign'>, order: SignedOrder): SignedOrder {
  const { payload } = order.envelope;
  const { envelope } = keys.sign('order', JSON.parse(payload));
  if (envelope.payload !== payload) throw new Error(`order ${order.sha256} cannot be signed again as it stands`);
  return { ...order, envelope: { ...order.envelope, signatures: envelope.signatures } };
}

/** Replaces the signatures of an order. */
export async function signOrderAgain(trx: Queries, keys: Pick<Keys, 'sign'>, order: StoredOrder): Promise<void> {
  await trx
    .updateTable('orders')
    .set({ envelope: JSON.stringify(signedAnew(keys, order).envelope) })
    .where('sha256', '=', order.sha256)
    .execute();
}

/** The latest orders that no longer stand, newest first. */
export async function pastOrders(db: Queries, now: number, limit: number): Promise<StandingOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('kind', '!=', 'cancel')
    .where((where) => where.or([where('ended_by', 'is not', null), where('expires_at', '<=', now)]))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toOrder).filter(isStanding);
}

export async function findOrder(db: Queries, number: number): Promise<StandingOrder | undefined> {
  const row = await db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirst();
  const order = row && toOrder(row);
  return order && isStanding(order) ? order : undefined;
}

export async function orderByHash(db: Queries, sha256: string): Promise<StoredOrder | undefined> {
  const row = await db.selectFrom('orders').selectAll().where('sha256', '=', sha256).executeTakeFirst();
  return row && toOrder(row);
}

/** The latest alerts that were sent to screens, standing or not, newest first. */
export async function sentAlerts(db: Queries, limit: number): Promise<StandingOrder[]> {
  const rows = await db.selectFrom('orders').selectAll().where('kind', '=', 'alert').orderBy('number', 'desc').limit(limit).execute();
  return rows.map(toOrder).filter(isStanding);
}

/** Every order that approvers have signed, oldest first. */
export async function approvedOrders(db: Queries): Promise<StoredOrder[]> {
  const rows = await db.selectFrom('orders').selectAll().where('envelope', 'like', '%"approvals":[%').orderBy('number').execute();
  return rows.map(toOrder).filter(({ envelope }) => envelope.approvals);
}

/** When the last document of the series was sent; 0 when there is none. */
export async function lastOrderAt(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select(({ fn }) => fn.max<number | null>('sent_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? 0;
}

export interface OrderRequest {
  readonly id: string;
  /** Order whose end is asked for; absent for an alert. */
  readonly order: number | null;
  /** JSON text of what was asked. */
  readonly body: string;
  readonly person: string;
  readonly author: string;
  readonly at: number;
  /** Of an alert that approvers sign: what they sign. */
  readonly signed: SignedAlert | null;
}

export interface SignedAlert extends SignedOrder {
  readonly document: Alert;
}
export interface AwaitedAlert extends OrderRequest {
  readonly signed: SignedAlert;
}

/** What one person asked is not waited for longer than this. */
export const requestMs = 24 * 3_600_000;

function readAlert(text: string): SignedAlert {
  const { document, ...order } = readOrder(text);
  if (document.kind !== 'alert') throw new Error(`order ${order.sha256} waits, and is no alert`);
  return { ...order, document };
}

function toRequest({ id, order_number, body, person, author, created_at, envelope }: Row<'order_requests'>): OrderRequest {
  return { id, order: order_number, body, person, author, at: created_at, signed: envelope === null ? null : readAlert(envelope) };
}

export interface NewRequest extends Omit<OrderRequest, 'id' | 'signed'> {
  readonly signed?: SignedOrder;
}

export async function addRequest(db: Queries, { order, body, person, author, at, signed }: NewRequest): Promise<OrderRequest> {
  const asked = { id: randomUUID(), what: order === null ? ('alert' as const) : ('end' as const), order_number: order, body, person, author, created_at: at };
  const row = { ...asked, done_at: null, envelope: signed ? JSON.stringify(signed.envelope) : null };
  await db.insertInto('order_requests').values(row).execute();
  return toRequest(row);
}

/** What still waits for a second person, or for approvers' signatures. An alert whose end has come waits no longer. */
export async function openRequests(db: Queries, now: number): Promise<OrderRequest[]> {
  const rows = await db
    .selectFrom('order_requests')
    .selectAll()
    .where('done_at', 'is', null)
    .where('created_at', '>', now - requestMs)
    .orderBy('created_at')
    .execute();
  return rows.map(toRequest).filter(({ signed }) => signed === null || signed.document.expiresAt > now);
}

/** Alerts that wait for approvers' signatures. */
export async function awaitedAlerts(db: Queries, now: number): Promise<AwaitedAlert[]> {
  return (await openRequests(db, now)).filter((request): request is AwaitedAlert => request.signed !== null);
}

/** Adds an approver's signature; the document and its hash stay as they are. */
export async function addAlertSignature(db: Queries, { id, signed }: AwaitedAlert, approval: ApprovalSignature): Promise<SignedAlert> {
  const envelope = { ...signed.envelope, approvals: [...(signed.envelope.approvals ?? []), approval] };
  await db
    .updateTable('order_requests')
    .set({ envelope: JSON.stringify(envelope) })
    .where('id', '=', id)
    .execute();
  return { ...signed, envelope };
}

/** What the alerts of these numbers say; others are left out. */
export async function alertHeadlines(db: Queries, numbers: readonly number[]): Promise<AskedAlert['ends']> {
  const orders = await Promise.all(numbers.map((number) => findOrder(db, number)));
  return orders.flatMap((order) => (order?.document.kind === 'alert' ? [{ number: order.document.number, headline: order.document.headline }] : []));
}

/** Only one caller ever settles a request. */
export async function settleRequest(db: Queries, id: string, now: number): Promise<boolean> {
  const settled = await db
    .updateTable('order_requests')
    .set({ done_at: now })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}
