// The cover: the one thing that lies over the programme of a screen now, chosen among the orders in force and its operating hours.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { endOf, orderItem, priorities, type Alert, type Order, type Solemn, type Stop } from './orders.ts';
import { instantSchema, localDateSchema, localTextSchema } from './primitives.ts';
import { isActive, type Window } from './schedule.ts';

/** Name of the test card in journals. */
export const testCardItem = 'test-card';

/** What the stage draws over everything. `item` names it in journals; `off` has none, for nothing is shown. */
export const coverSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('stopped'),
    item: z.string().max(64),
    /** Of a pause for works: when the screen comes back by itself, server's time, and the time left when the cover was made. */
    until: instantSchema.optional(),
    remainingMs: z.number().min(0).optional(),
  }),
  z.object({ state: z.literal('solemn'), item: z.string().max(64), occasion: localTextSchema, from: localDateSchema, until: localDateSchema }),
  z.object({
    state: z.literal('alert'),
    item: z.string().max(64),
    drill: z.boolean(),
    priority: z.literal(priorities),
    event: localTextSchema,
    headline: localTextSchema,
    instruction: localTextSchema.optional(),
    area: localTextSchema,
    speaker: localTextSchema,
    issuedAt: instantSchema,
    /** Server's time; a stage without its player takes the alert off by itself. */
    expiresAt: instantSchema,
    /** Time left when the cover was made, for a stage whose clock jumps. */
    remainingMs: z.number().min(0),
  }),
  z.object({ state: z.literal('off') }),
  /** A technician's test card, asked for by a command and never by an order. */
  z.object({
    state: z.literal('test'),
    item: z.literal(testCardItem),
    number: z.int().min(0),
    name: z.string().max(200),
    /** Server's time. */
    endsAt: instantSchema,
    /** Time left when the cover was made, by which a stage without its player takes it off. */
    remainingMs: z.number().min(0),
  }),
]);
export type Cover = z.infer<typeof coverSchema>;
export type CoverState = Cover['state'];
/** What orders and operating hours lay over the programme. */
export type OrderedCover = Exclude<Cover, { state: 'test' }>;

export interface CoverFacts {
  /** Orders in force that fit the screen; solemn ones of other days among them. */
  readonly orders: readonly Order[];
  readonly hours: readonly Window[];
  readonly zone: string;
  /** Epoch milliseconds; `undefined` when no clock can be believed: then the screen is lit, and what is solemn stays so. */
  readonly now: number | undefined;
  /** An instant that has certainly passed, for when no clock can be believed. */
  readonly passed?: number | undefined;
  /** Time left of an order that ends by itself. */
  readonly remainingMs?: (order: Order) => number;
}

const newest = <T extends Order>(orders: readonly T[]): T | undefined =>
  orders.reduce<T | undefined>((best, next) => (best && best.number > next.number ? best : next), undefined);

const dayOf = (instant: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Whether the solemn days have ended. */
export function isPast({ until, zone }: Solemn, now: number): boolean {
  return dayOf(now, zone) > until;
}

function isSolemnNow(order: Solemn, { now, passed }: CoverFacts): boolean {
  const { from, zone } = order;
  if (now !== undefined) return dayOf(now, zone) >= from && !isPast(order, now);
  return passed === undefined || dayOf(passed, zone) >= from;
}

/** A real alert before a drill, then the more urgent one, then the newer. */
function foremost(alerts: readonly Alert[]): Alert | undefined {
  const rank = ({ drill, priority }: Alert) => (drill ? priorities.length : 0) + priorities.indexOf(priority);
  const least = Math.min(...alerts.map(rank));
  return newest(alerts.filter((alert) => rank(alert) === least));
}

/** Of several pauses the one that ends last. */
const longer = (best: Stop | undefined, next: Stop): Stop => (best && (best.until ?? 0) >= (next.until ?? 0) ? best : next);

function stoppedCover(stop: Stop, leftMs: number): OrderedCover {
  const end = stop.until === undefined ? {} : { until: stop.until, remainingMs: Math.max(0, Math.round(leftMs)) };
  return { state: 'stopped', item: orderItem(stop), ...end };
}

function alertCover(alert: Alert, remainingMs: number): OrderedCover {
  const { drill, priority, event, headline, instruction, area, speaker, issuedAt, expiresAt } = alert;
  const words = { event, headline, ...(instruction ? { instruction } : {}), area, speaker };
  return { state: 'alert', item: orderItem(alert), drill, priority, ...words, issuedAt, expiresAt, remainingMs: Math.max(0, Math.round(remainingMs)) };
}

/**
 * A stop above all: a stopped screen says nothing else. Then a real alert, which also breaks a solemn day; a drill does not.
 * Off by schedule comes last, and only the most urgent real alert lights a screen that is off.
 * @returns null when the programme is to be seen, or a test card that a technician asked for: it comes after all of these
 */
export function coverOf(facts: CoverFacts): OrderedCover | null {
  const { orders, hours, zone, now } = facts;
  const leftOf = (order: Stop | Alert) => {
    const end = endOf(order);
    return end === undefined ? Infinity : (facts.remainingMs?.(order) ?? end - (now ?? order.issuedAt));
  };
  const stops = orders.filter((order): order is Stop => order.kind === 'stop' && leftOf(order) > 0);
  // A stop waits for people to lift it: a pause that ends meanwhile must not be what the screen says.
  const stop = newest(stops.filter(({ until }) => until === undefined)) ?? stops.reduce<Stop | undefined>(longer, undefined);
  if (stop) return stoppedCover(stop, leftOf(stop));
  const alert = foremost(orders.filter((order): order is Alert => order.kind === 'alert'));
  const solemn = newest(orders.filter((order): order is Solemn => order.kind === 'solemn' && isSolemnNow(order, facts)));
  const isOff = now !== undefined && hours.length > 0 && !isActive(hours, now, zone);
  const left = alert && leftOf(alert);
  const breaksThrough = alert && !alert.drill && (!isOff || alert.priority === 'extreme');
  if (alert && left !== undefined && breaksThrough) return alertCover(alert, left);
  if (isOff) return { state: 'off' };
  if (solemn) return { state: 'solemn', item: orderItem(solemn), occasion: solemn.occasion, from: solemn.from, until: solemn.until };
  return alert && left !== undefined ? alertCover(alert, left) : null;
}
