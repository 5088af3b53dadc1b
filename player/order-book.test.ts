import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsOf, type Alert, type Order, type OrderDocument, type OrderRef } from '../core/orders.ts';
import type { Envelope } from '../core/signed.ts';
import { sha256 } from './ed25519.ts';
import { emptyBook, enter, expire, leftMs, type Instants, type OrderBook } from './order-book.ts';

const noon = Date.parse('2026-11-24T12:00:00+07:00');
const minute = 60_000;
const at = (sinceMs = 0, isBelievable = true): Instants => ({ now: noon + sinceMs, monoMs: 1_000 + sinceMs, isBelievable });

const envelopeOf = (document: OrderDocument): Envelope => ({ payload: JSON.stringify(document), signatures: [] });
const refOf = (document: OrderDocument): OrderRef => ({ number: document.number, sha256: sha256(envelopeOf(document).payload) });
const give = (book: OrderBook, document: OrderDocument, when: Instants) => enter(book, document, envelopeOf(document), refOf(document).sha256, true, when);

const stop = (number: number): Order => ({ kind: 'stop', number, issuedAt: noon, target: {} });
const alert = (number: number, minutes: number, ends: OrderRef[] = []): Alert => ({
  ...{ kind: 'alert', number, issuedAt: noon, target: {}, sender: 'ubnd@hanoi.gov.vn', identifier: `hn-${number}`, references: [], drill: false },
  ...{ priority: 'severe', expiresAt: noon + minutes * minute, event: { vi: 'Mưa lớn' }, headline: { vi: 'Đường Láng ngập sâu.' } },
  ...{ area: { vi: 'Phường Láng' }, speaker: { vi: 'UBND thành phố Hà Nội' }, ends },
});
const cancel = (number: number, ...ends: OrderRef[]): OrderDocument => ({ kind: 'cancel', number, issuedAt: noon, ends });

/** What comes back from the disk after a restart: the monotonic clock begins anew, the time left was written down. */
function restarted(book: OrderBook, before: Instants, after: Instants): OrderBook {
  const held = book.held.map((each) => ({ ...each, remainingMs: each.remainingMs - (before.monoMs - each.asOfMonoMs), asOfMonoMs: after.monoMs }));
  return structuredClone({ ...book, held });
}

/** A series of documents as one server issues it; alerts and cancels end some of those before. */
const series = fc
  .array(
    fc.record({ kind: fc.constantFrom('stop', 'alert', 'cancel'), minutes: fc.integer({ min: 20, max: 90 }), ends: fc.array(fc.nat(), { maxLength: 3 }) }),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((drafts) => {
    const documents: OrderDocument[] = [];
    for (const [index, { kind, minutes, ends }] of drafts.entries()) {
      const refs = documents.length === 0 ? [] : ends.map((pick) => refOf(documents[pick % documents.length] ?? stop(1)));
      const number = index + 1;
      if (kind === 'stop' || (kind === 'cancel' && refs.length === 0)) documents.push(stop(number));
      else documents.push(kind === 'alert' ? alert(number, minutes, refs) : cancel(number, ...refs));
    }
    return documents;
  });
/** Steps: a document of the series by its index, or a restart. */
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant('restart' as const) }), { maxLength: 40 });

const isOver = (document: OrderDocument, given: readonly OrderDocument[]) =>
  given.some((other) => endsOf(other).some((ref) => ref.sha256 === refOf(document).sha256));
const numbersOf = (book: OrderBook) => book.held.map(({ ref }) => ref.number);

describe('the book of orders', () => {
  it('holds exactly what was given and not ended, in whatever order, however often, over whatever restarts', () => {
    fc.assert(
      fc.property(series, steps, (documents, taken) => {
        let book = emptyBook;
        let monoMs = 5_000;
        const given: OrderDocument[] = [];
        for (const [index, step] of taken.entries()) {
          const when = { ...at(index * 1_000), monoMs: (monoMs += 1_000) };
          const { highest } = book;
          if (step === 'restart') {
            monoMs = 0;
            book = restarted(book, when, { ...when, monoMs });
          } else {
            const document = documents[step % documents.length];
            if (!document) continue;
            given.push(document);
            ({ book } = give(book, document, when));
          }
          expect(book.highest).toBeGreaterThanOrEqual(highest);
          const standing = documents.filter((each) => given.includes(each) && each.kind !== 'cancel' && !isOver(each, given));
          expect(numbersOf(book)).toEqual(standing.map(({ number }) => number));
        }
        expect(book.highest).toBe(Math.max(0, ...given.map(({ number }) => number)));
      }),
      { numRuns: 300 },
    );
  });

  it('never has an order come back once it is over, and no alert outlives its end by the monotonic clock', () => {
    fc.assert(
      fc.property(series, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 30 }), fc.boolean()), { maxLength: 30 }), (documents, taken) => {
        let book = emptyBook;
        let passed = 0;
        const gone = new Set<number>();
        for (const [pick, minutes, isBelievable] of taken) {
          passed += minutes * minute;
          const when = at(passed, isBelievable);
          const before = numbersOf(book);
          book = expire(book, when, () => false);
          const document = documents[pick % documents.length];
          if (document) ({ book } = give(book, document, when));
          for (const number of before) if (!numbersOf(book).includes(number)) gone.add(number);
          expect(numbersOf(book).filter((number) => gone.has(number))).toEqual([]);
          for (const held of book.held) expect(leftMs(held, when)).toBeGreaterThan(isBelievable ? 0 : -Infinity);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows an order as over before it has ever seen it', () => {
    const { book } = give(emptyBook, cancel(2, refOf(stop(1))), at());
    const late = give(book, stop(1), at(minute));
    expect([numbersOf(late.book), late.refused, late.book.highest]).toEqual([[], 'order 1 is over already', 2]);
  });

  it('ends an alert by the monotonic clock alone when the other one was set back', () => {
    const { book } = give(emptyBook, alert(1, 30), at());
    const later: Instants = { now: noon - 86_400_000, monoMs: at(31 * minute).monoMs, isBelievable: false };
    expect(numbersOf(expire(book, later, () => false))).toEqual([]);
  });

  it('takes up the time that an alert had left when the player died', () => {
    const { book } = give(emptyBook, alert(1, 30), at());
    const after: Instants = { now: noon - 86_400_000, monoMs: 0, isBelievable: false };
    const again = restarted(book, at(20 * minute), after);
    const [held] = again.held;
    expect(held && leftMs(held, after)).toBe(10 * minute);
    expect(numbersOf(expire(again, { ...after, monoMs: 11 * minute }, () => false))).toEqual([]);
  });

  it('does not show an alert that has run out on its way, and remembers that', () => {
    const { book, refused } = give(emptyBook, alert(1, 30), at(31 * minute));
    expect([numbersOf(book), refused, book.over]).toEqual([[], 'alert 1 has expired', [refOf(alert(1, 30))]]);
  });

  it('ends a pause by itself, by whichever clock comes there first, also over a restart with a wrong one', () => {
    const pause: OrderDocument = { kind: 'stop', number: 1, issuedAt: noon, target: {}, until: noon + 30 * minute };
    const begun: Instants = { now: noon, monoMs: 0, isBelievable: true };
    const { book } = enter(emptyBook, pause, envelopeOf(pause), refOf(pause).sha256, true, begun);
    const later = { ...begun, now: noon + 29 * minute, monoMs: 29 * minute };
    expect(numbersOf(expire(book, later, () => false))).toEqual([1]);
    const woken = restarted(book, later, { now: 0, monoMs: 5, isBelievable: false });
    expect(numbersOf(expire(woken, { now: 0, monoMs: 5, isBelievable: false }, () => false))).toEqual([1]);
    expect(numbersOf(expire(woken, { now: 0, monoMs: 5 + minute, isBelievable: false }, () => false))).toEqual([]);
    expect(numbersOf(expire(book, { now: noon + 30 * minute, monoMs: 1, isBelievable: true }, () => false))).toEqual([]);
    expect(enter(emptyBook, pause, envelopeOf(pause), refOf(pause).sha256, true, { ...begun, now: noon + 31 * minute }).refused).toContain('has expired');
  });
});
