// Cuts a time of one screen at whatever changed or will change: its own facts, what was published, orders, operating hours, midnight of solemn days.
import type { Stretch } from '../../core/programme-api.ts';
import { coverOf, type OrderedCover } from '../../core/cover.ts';
import { cutDay, dayAround } from '../../core/day-cuts.ts';
import { fits } from '../../core/orders.ts';
import type { Queries } from '../database/open-database.ts';
import { manifestsInForce, type IssuedManifest } from '../manifests/manifest-store.ts';
import { ordersInForce, type OrderInTime } from '../orders/order-store.ts';
import { factsInForce, type FactsSince } from '../screens/screen-history-store.ts';

/** `[start, end)` in which nothing of these changed. */
export interface Constant {
  readonly start: number;
  readonly end: number;
  readonly facts: FactsSince;
  readonly manifest: IssuedManifest | undefined;
  readonly cover: Stretch['cover'];
}

/** The last of a sorted list that had begun at an instant. */
function begun<T>(list: readonly T[], since: (each: T) => number, at: number): T | undefined {
  return list.findLast((each) => since(each) <= at);
}

function hourEdges({ hours }: FactsSince, from: number, until: number, zone: string): number[] {
  const edges: number[] = [];
  for (let at = from; at < until;) {
    const day = dayAround(at, zone);
    edges.push(day.start, ...cutDay(day, zone, [{ windows: hours }]).map(({ start }) => start));
    at = day.end;
  }
  return edges;
}

function coverAt(orders: readonly OrderInTime[], facts: FactsSince, screen: string, zone: string, at: number): Stretch['cover'] {
  const here = orders.filter(({ order, from, until }) => from <= at && at < until && fits(order.target, { ...facts, screen }));
  const cover: OrderedCover | null = coverOf({ orders: here.map(({ order }) => order), hours: facts.hours, zone, now: at });
  if (!cover) return null;
  // An order's name in journals ends with its number.
  const order = cover.state === 'off' ? null : Number(/\d+$/.exec(cover.item)?.[0] ?? Number.NaN);
  return { state: cover.state, order: order !== null && Number.isInteger(order) ? order : null };
}

const isSame = (a: Constant, b: Constant) =>
  a.facts === b.facts && a.manifest === b.manifest && a.cover?.state === b.cover?.state && a.cover?.order === b.cover?.order;

/** The parts of `[asked, until)`, without hole or overlap, from the instant on at which there was such a screen. */
export async function constantsOf(db: Queries, screen: string, asked: number, until: number, zone: string): Promise<Constant[]> {
  const known = await factsInForce(db, screen, asked, until);
  const [first] = known;
  if (!first) return [];
  const from = Math.max(asked, first.since);
  const orders = await ordersInForce(db, from, until);
  const manifests = new Map<string, IssuedManifest[]>();
  for (const { channel } of known) if (!manifests.has(channel)) manifests.set(channel, await manifestsInForce(db, channel, screen, from, until));

  const edges = new Set([
    ...[from, until],
    ...known.map(({ since }) => since),
    ...orders.flatMap((each) => [each.from, each.until]),
    ...[...manifests.values()].flat().map(({ issuedAt }) => issuedAt),
    ...known.flatMap((facts) => hourEdges(facts, from, until, zone)),
  ]);
  const cuts = [...edges].filter((edge) => edge >= from && edge <= until).sort((a, b) => a - b);
  const constants: Constant[] = [];
  for (const [index, start] of cuts.slice(0, -1).entries()) {
    const facts = begun(known, ({ since }) => since, start) ?? first;
    const manifest = begun(manifests.get(facts.channel) ?? [], ({ issuedAt }) => issuedAt, start);
    const next: Constant = { start, end: cuts[index + 1] ?? until, facts, manifest, cover: coverAt(orders, facts, screen, zone, start) };
    const before = constants.at(-1);
    if (before && isSame(before, next)) constants[constants.length - 1] = { ...before, end: next.end };
    else constants.push(next);
  }
  return constants;
}
