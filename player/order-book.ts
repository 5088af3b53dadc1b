// The orders that a player knows: which stand and which are over. Pure; the same documents make the same book, in whatever order and however often they come.
import { endOf, endsOf, maxOrders, type Order, type OrderDocument, type OrderRef } from '../core/orders.ts';
import type { Envelope } from '../core/signed.ts';

export interface HeldOrder {
  readonly order: Order;
  readonly ref: OrderRef;
  readonly envelope: Envelope;
  /** It was for this screen when that was last known. */
  readonly fitted: boolean;
  /** Of an order that ends by itself: time left as of `asOfMonoMs`, counted down by the monotonic clock alone. */
  readonly remainingMs: number;
  readonly asOfMonoMs: number;
}

export interface OrderBook {
  readonly held: readonly HeldOrder[];
  /** What is over and never stands again, known or not. */
  readonly over: readonly OrderRef[];
  /** Highest number seen. */
  readonly highest: number;
}

export const emptyBook: OrderBook = { held: [], over: [], highest: 0 };

/** The clocks at an instant. */
export interface Instants {
  /** Server's time as far as known. */
  readonly now: number;
  readonly monoMs: number;
  /** Whether `now` can be believed. */
  readonly isBelievable: boolean;
}

/** So many endings are remembered, the newest ones: what is older could only be replayed by whoever recorded it that many orders ago. */
const rememberedEnds = 1_000;

function withOver(book: OrderBook, refs: readonly OrderRef[]): OrderBook {
  const hashes = new Set(refs.map(({ sha256 }) => sha256));
  const known = new Set(book.over.map(({ sha256 }) => sha256));
  const over = [...book.over, ...refs.filter(({ sha256 }) => !known.has(sha256))].sort((a, b) => b.number - a.number || (a.sha256 < b.sha256 ? -1 : 1));
  return { ...book, held: book.held.filter(({ ref }) => !hashes.has(ref.sha256)), over: over.slice(0, rememberedEnds) };
}

/** Time that an order has left which ends by itself: the less of what either clock says. */
export function leftMs({ order, remainingMs, asOfMonoMs }: HeldOrder, { now, monoMs }: Instants): number {
  const end = endOf(order);
  return end === undefined ? Infinity : Math.min(remainingMs - (monoMs - asOfMonoMs), end - now);
}

export type BookEntry = { readonly book: OrderBook; readonly refused?: string };

function whole(end: number, issuedAt: number, { now, isBelievable }: Instants): number {
  const longest = end - issuedAt;
  return isBelievable ? Math.min(longest, end - now) : longest;
}

/** Enters a verified document. */
export function enter(book: OrderBook, document: OrderDocument, envelope: Envelope, sha256: string, fitted: boolean, at: Instants): BookEntry {
  const ref: OrderRef = { number: document.number, sha256 };
  const after = { ...withOver(book, endsOf(document)), highest: Math.max(book.highest, document.number) };
  if (document.kind === 'cancel' || after.held.some((held) => held.ref.sha256 === sha256)) return { book: after };
  if (after.over.some((each) => each.sha256 === sha256)) return { book: after, refused: `order ${document.number} is over already` };
  const end = endOf(document);
  const remainingMs = end === undefined ? 0 : whole(end, document.issuedAt, at);
  if (end !== undefined && remainingMs <= 0) return { book: withOver(after, [ref]), refused: `${document.kind} ${document.number} has expired` };
  if (after.held.length >= maxOrders) return { book: after, refused: `more than ${maxOrders} orders` };
  const held: HeldOrder = { order: document, ref, envelope, fitted, remainingMs, asOfMonoMs: at.monoMs };
  return { book: { ...after, held: [...after.held, held].sort((a, b) => a.ref.number - b.ref.number) } };
}

/** The same document again, with approvals that the first copy lacked. */
export function withEnvelope(book: OrderBook, sha256: string, envelope: Envelope): OrderBook {
  return { ...book, held: book.held.map((held) => (held.ref.sha256 === sha256 ? { ...held, envelope } : held)) };
}

/** Moves what has run out to what is over. A clock that cannot be believed ends nothing for good. */
export function expire(book: OrderBook, at: Instants, isPast: (order: Order) => boolean): OrderBook {
  const ended = book.held.filter(({ order, remainingMs, asOfMonoMs }) => {
    const end = endOf(order);
    if (end !== undefined && remainingMs - (at.monoMs - asOfMonoMs) <= 0) return true;
    return at.isBelievable && (end === undefined ? isPast(order) : end <= at.now);
  });
  return ended.length === 0
    ? book
    : withOver(
        book,
        ended.map(({ ref }) => ref),
      );
}
