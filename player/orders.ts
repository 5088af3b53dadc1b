// Keeps the orders over restarts and crashes: in memory at once, on disk in two copies, the time left of those that end by themselves rewritten every 30 s.
import { z } from 'zod';
import { isPast } from '../core/cover.ts';
import { isAgreedAlert } from '../core/agreed-words.ts';
import { endOf, fits, orderRefSchema, orderSchema, type Aimed, type Order, type OrderDocument, type OrderRef } from '../core/orders.ts';
import { instantSchema } from '../core/primitives.ts';
import { isApproved, type RootDocument } from '../core/root-document.ts';
import type { Audience } from '../core/profile.ts';
import { envelopeSchema, readPayload, type Envelope } from '../core/signed.ts';
import { sha256 } from './ed25519.ts';
import type { Taken } from './holdings.ts';
import type { Log } from './log.ts';
import { every, type MachineClock } from './machine-clock.ts';
import { emptyBook, enter, expire, leftMs, withEnvelope, type HeldOrder, type Instants, type OrderBook } from './order-book.ts';
import type { ServerClock } from './server-clock.ts';
import { openTwoCopies } from './two-copies.ts';
import { judgeOrder, type Judge, type Refusal } from './verdict.ts';

const keptSchema = z.object({
  orders: z.array(z.object({ envelope: envelopeSchema, fitted: z.boolean(), receivedAt: instantSchema, remainingMs: z.number() })),
  over: z.array(orderRefSchema),
  highest: z.int().min(0),
});
type Kept = z.infer<typeof keptSchema>;

export interface Orders {
  /** Verifies a document and obeys it from now on. */
  take(envelope: Envelope): Promise<Taken>;
  /** Orders in force for this screen; an alert that has run out is none, nor one in words neither agreed on nor signed where approvers sign what the screen shows. */
  inForce(): readonly HeldOrder[];
  /** Of one that ends by itself. */
  leftMs(order: Order): number;
  /** Whether a document need not be fetched. */
  knows(ref: OrderRef): boolean;
  /** Highest number seen. */
  readonly highest: number;
  /** Forgets the orders of another server. */
  forget(): Promise<void>;
  stop(): void;
}

export interface OrdersOptions {
  readonly folder: string;
  /** `undefined` before a root is pinned. */
  readonly judge: () => Judge | undefined;
  /** The screen as its assignment describes it; `undefined` without one. */
  readonly aimed: () => Aimed | undefined;
  /** A document that was offered does not hold. */
  readonly refused: (refusal: Refusal) => void;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly log: Log;
}

const rewriteEveryMs = 30_000;

export async function openOrders({ folder, judge, aimed, refused, serverClock, clock, log }: OrdersOptions): Promise<Orders> {
  const file = await openTwoCopies({ folder, name: 'orders', schema: keptSchema, log });
  const receivedAt = new Map<string, number>();
  // A box's own clock may hide an alert; only the server's word, heard in this run, ends one for good.
  const instants = (): Instants => ({ now: serverClock.now(), monoMs: clock.monoMs(), isBelievable: serverClock.trusted() });
  let isKept = true;

  /** A stop is kept even when the key that signed it is no longer listed: it carries no words that could be forged, and dropping it lights the screen. */
  const reopen = ({ envelope, fitted, receivedAt: at, remainingMs }: Kept['orders'][number]): HeldOrder[] => {
    const read = readPayload(envelope.payload, orderSchema);
    if (!read.ok || read.document.kind === 'cancel') return [];
    const judging = judge();
    const holds = judging !== undefined && judgeOrder(envelope, judging).ok;
    if (!holds && read.document.kind !== 'stop') {
      log.warn({ order: read.document.number }, 'an order on disk does not hold');
      return [];
    }
    const hash = sha256(envelope.payload);
    receivedAt.set(hash, at);
    return [{ order: read.document, ref: { number: read.document.number, sha256: hash }, envelope, fitted, remainingMs, asOfMonoMs: clock.monoMs() }];
  };
  const { value } = file;
  let book: OrderBook = value ? { held: value.orders.flatMap(reopen), over: value.over, highest: value.highest } : emptyBook;

  const isFor = ({ order, fitted }: HeldOrder) => {
    const here = aimed();
    return here ? fits(order.target, here) : fitted;
  };
  /** Looked at every second, and signatures cost: what was found holds for as long as the root and the audience do. */
  const found = new WeakMap<Envelope, { readonly root: RootDocument; readonly audience: Audience; readonly approved: boolean }>();
  const isApprovedHere = (envelope: Envelope, { root, audience, assertions }: Judge) => {
    const before = found.get(envelope);
    if (before && before.root === root && before.audience === audience) return before.approved;
    const approved = isApproved(root, envelope, 'order', audience, assertions);
    found.set(envelope, { root, audience, approved });
    return approved;
  };
  /** What it ends is over all the same: the order is entered, and does not stand here. */
  const mayStand = (document: OrderDocument, envelope: Envelope) => {
    const judging = judge();
    return document.kind !== 'alert' || !judging || isAgreedAlert(document) || isApprovedHere(envelope, judging);
  };
  /** Without its approvals it may have come before, and may come again. */
  const keepApprovals = (envelope: Envelope, hash: string) => {
    const held = book.held.find(({ ref }) => ref.sha256 === hash);
    if (held && !mayStand(held.order, held.envelope) && mayStand(held.order, envelope)) book = withEnvelope(book, hash, envelope);
  };
  const keep = async () => {
    const { monoMs } = instants();
    isKept = await file.write({
      orders: book.held.map((held) => ({
        ...{ envelope: held.envelope, fitted: isFor(held), receivedAt: receivedAt.get(held.ref.sha256) ?? serverClock.now() },
        remainingMs: Math.max(0, held.remainingMs - (monoMs - held.asOfMonoMs)),
      })),
      ...{ over: [...book.over], highest: book.highest },
    });
  };
  const endRunOut = () => {
    const now = serverClock.now();
    const next = expire(book, instants(), (order) => order.kind === 'solemn' && isPast(order, now));
    if (next === book) return;
    book = next;
    void keep();
  };
  const cancelRewrite = every(clock, rewriteEveryMs, () => {
    endRunOut();
    if (!isKept || book.held.some(({ order }) => endOf(order) !== undefined)) void keep();
  });

  return {
    async take(envelope) {
      const judging = judge();
      if (!judging) return { ok: false, reason: 'no root is pinned yet' };
      const verdict = judgeOrder(envelope, judging);
      if (!verdict.ok) {
        refused(verdict);
        return verdict;
      }
      const { document, sha256: hash } = verdict;
      const here = aimed();
      const fitted = document.kind !== 'cancel' && here !== undefined && fits(document.target, here);
      const entered = enter(book, document, envelope, hash, fitted, instants());
      book = entered.book;
      keepApprovals(envelope, hash);
      if (!receivedAt.has(hash)) receivedAt.set(hash, serverClock.now());
      log.info({ order: document.number, kind: document.kind, refused: entered.refused }, 'an order came');
      if (fitted && !mayStand(document, envelope))
        refused({ ok: false, reason: `the words of alert ${document.number} were neither agreed on nor signed`, warning: 'unsigned-offered' });
      // Obeyed before the disk has it: a slow or full disk holds up no alert.
      void keep();
      return entered.refused === undefined ? { ok: true } : { ok: false, reason: entered.refused };
    },
    inForce() {
      endRunOut();
      const at = instants();
      return book.held.filter((held) => isFor(held) && mayStand(held.order, held.envelope) && leftMs(held, at) > 0);
    },
    leftMs(asked) {
      const held = book.held.find(({ order }) => order === asked);
      return held ? leftMs(held, instants()) : 0;
    },
    knows: ({ sha256: hash }) => [...book.held.map(({ ref }) => ref), ...book.over].some((ref) => ref.sha256 === hash),
    get highest() {
      return book.highest;
    },
    async forget() {
      book = emptyBook;
      receivedAt.clear();
      await keep();
    },
    stop: cancelRewrite,
  };
}
