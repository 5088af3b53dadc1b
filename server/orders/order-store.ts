// Orders: every signed document of the series with who issued it and why, and what waits for a second person.
import { randomUUID } from 'node:crypto';
import { endsOf, orderSchema, type Order, type OrderDocument } from '../../core/orders.ts';
import { envelopeSchema, readPayload, type Envelope } from '../../core/signed.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import type { Keys } from '../keys/keys.ts';

/** Series of the numbers of all orders. */
export const orderSeries = 'order';

export interface StoredOrder {
  readonly sha256: string;
  readonly envelope: Envelope;
  readonly document: OrderDocument;
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
  readonly at: number;
  readonly person: string;
  readonly author: string;
  readonly reason: string;
  readonly basis: string;
  readonly expiresAt: number | null;
}

function toOrder({ sha256, envelope, expires_at, person, author, reason, basis, ended_by }: Row<'orders'>): StoredOrder {
  const parsed = envelopeSchema.parse(JSON.parse(envelope));
  const read = readPayload(parsed.payload, orderSchema);
  if (!read.ok) throw new Error(`order ${sha256} in the database is damaged: ${read.detail}`);
  return { sha256, envelope: parsed, document: read.document, expiresAt: expires_at, person, author, reason, basis, endedBy: ended_by };
}

const isStanding = (order: StoredOrder): order is StandingOrder => order.document.kind !== 'cancel';

/** Signs an order under the next number, stores it and ends what it ends. Call it inside a transaction, with the transaction. @throws ZodError when the draft is no order */
export async function addOrder(trx: Queries, keys: Pick<Keys, 'sign'>, draft: OrderDraft, origin: OrderOrigin): Promise<StoredOrder> {
  const { at, person, author, reason, basis, expiresAt } = origin;
  const document = orderSchema.parse({ ...draft, number: await nextNumber(trx, orderSeries), issuedAt: at });
  const { envelope, sha256 } = keys.sign('order', document);
  const row = { sha256, number: document.number, kind: document.kind, envelope: JSON.stringify(envelope), issued_at: at, expires_at: expiresAt };
  await trx
    .insertInto('orders')
    .values({ ...row, person, author, reason, basis, ended_by: null })
    .execute();
  const ended = endsOf(document).map((ref) => ref.sha256);
  if (ended.length > 0) await trx.updateTable('orders').set({ ended_by: sha256 }).where('sha256', 'in', ended).where('ended_by', 'is', null).execute();
  return { sha256, envelope, document, expiresAt, person, author, reason, basis, endedBy: null };
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
    .select('ending.issued_at as ended_at')
    .where('given.kind', '!=', 'cancel')
    .where('given.issued_at', '<', until)
    .where((where) => where.or([where('given.expires_at', 'is', null), where('given.expires_at', '>', from)]))
    .where((where) => where.or([where('ending.issued_at', 'is', null), where('ending.issued_at', '>', from)]))
    .orderBy('given.number')
    .execute();
  return rows.flatMap(({ ended_at, ...row }) => {
    const order = toOrder(row);
    const end = Math.min(ended_at ?? Number.POSITIVE_INFINITY, order.expiresAt ?? Number.POSITIVE_INFINITY);
    return isStanding(order) ? [{ order: order.document, from: row.issued_at, until: end }] : [];
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

/** Replaces the signatures of an order; its bytes and so its hash stay. */
export async function signOrderAgain(trx: Queries, keys: Pick<Keys, 'sign'>, { sha256, envelope: { payload } }: StoredOrder): Promise<void> {
  const { envelope } = keys.sign('order', JSON.parse(payload));
  if (envelope.payload !== payload) throw new Error(`order ${sha256} cannot be signed again as it stands`);
  await trx
    .updateTable('orders')
    .set({ envelope: JSON.stringify(envelope) })
    .where('sha256', '=', sha256)
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

/** When the last document of the series was issued; 0 when there is none. */
export async function lastOrderAt(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select(({ fn }) => fn.max<number | null>('issued_at').as('at'))
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
}

/** What one person asked is not waited for longer than this. */
export const requestMs = 24 * 3_600_000;

function toRequest({ id, order_number, body, person, author, created_at }: Row<'order_requests'>): OrderRequest {
  return { id, order: order_number, body, person, author, at: created_at };
}

export async function addRequest(db: Queries, { order, body, person, author, at }: Omit<OrderRequest, 'id'>): Promise<OrderRequest> {
  const row = { id: randomUUID(), what: order === null ? 'alert' : 'end', order_number: order, body, person, author, created_at: at, done_at: null } as const;
  await db.insertInto('order_requests').values(row).execute();
  return toRequest(row);
}

/** What still waits for a second person. */
export async function openRequests(db: Queries, now: number): Promise<OrderRequest[]> {
  const rows = await db
    .selectFrom('order_requests')
    .selectAll()
    .where('done_at', 'is', null)
    .where('created_at', '>', now - requestMs)
    .orderBy('created_at')
    .execute();
  return rows.map(toRequest);
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
