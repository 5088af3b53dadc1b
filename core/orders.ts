// Orders stand above every programme: stop, solemn programme, alert, and the cancel that ends them. Signed, numbered in one series, for a target.
import { z } from 'zod';
import { operatorSchema } from './operator.ts';
import { instantSchema, localDateSchema, localTextSchema, sha256Schema } from './primitives.ts';
import { audiences, screenKinds, type Profile } from './profile.ts';
import { foldName } from './units.ts';

export const orderKinds = ['stop', 'solemn', 'alert'] as const;
export type OrderKind = (typeof orderKinds)[number];

/** Most urgent first. The first alone lights a screen that is off by schedule. */
export const priorities = ['extreme', 'severe', 'moderate', 'minor'] as const;
export type Priority = (typeof priorities)[number];

/** Limit before parsing, bytes of the payload. */
export const maxOrderBytes = 16 * 2 ** 10;
/** So many may be in force at a time. */
export const maxOrders = 200;
/** An alert ends by itself after this at the latest; a longer danger is announced again. */
export const longestAlertMs = 7 * 24 * 3_600_000;
/** So does a pause for works; what takes longer is a stop, or a screen out of service. */
export const longestPauseMs = 60 * 24 * 3_600_000;

/** Whom an order is for. What is given has to hold together; within a list any one does; nothing given means every screen. */
export const targetSchema = z.object({
  screens: z.array(z.uuid()).min(1).max(500).optional(),
  /** Codes of units; what lies below them belongs to them. */
  units: z.array(z.string().min(1).max(40)).min(1).max(200).optional(),
  kinds: z.array(z.literal(screenKinds)).min(1).optional(),
  audiences: z.array(z.literal(audiences)).min(1).optional(),
  /** Who runs the screens; names that differ only in case, marks or spacing are the same. */
  operators: z.array(operatorSchema).min(1).max(50).optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** What a target is held against: a screen as its assignment describes it. */
export interface Aimed {
  readonly screen: string;
  /** The screen's unit and those above it. */
  readonly units: readonly string[];
  readonly profile: Pick<Profile, 'kind' | 'audience'>;
  /** Empty where nobody has said who runs it. */
  readonly operator: string;
}

export function fits({ screens, units, kinds, audiences: seenBy, operators }: Target, { screen, units: own, profile, operator }: Aimed): boolean {
  if (screens && !screens.includes(screen)) return false;
  if (units && !units.some((unit) => own.includes(unit))) return false;
  if (kinds && !kinds.includes(profile.kind)) return false;
  if (operators && !operators.some((name) => foldName(name) === foldName(operator))) return false;
  return !seenBy || seenBy.includes(profile.audience);
}

/** An order as others name it. */
export const orderRefSchema = z.object({ number: z.int().min(1), sha256: sha256Schema });
export type OrderRef = z.infer<typeof orderRefSchema>;

const common = { number: z.int().min(1), issuedAt: instantSchema, target: targetSchema };
/** Orders that are over once this document is known, whomever it is for. */
const ends = z.array(orderRefSchema).max(20);

/** What a drill's sentence begins with, whoever wrote it; nothing else may. */
export const drillMarks = { vi: 'DIỄN TẬP', en: 'DRILL' } as const;

const stopSchema = z.object({
  ...common,
  kind: z.literal('stop'),
  /** Of a pause for works: then it is over by itself, also without the server. */
  until: instantSchema.optional(),
});

const solemnSchema = z.object({
  ...common,
  kind: z.literal('solemn'),
  /** Such as "Quốc tang". */
  occasion: localTextSchema,
  /** First and last day, local and inclusive. */
  from: localDateSchema,
  until: localDateSchema,
  zone: z.string().min(1).max(64),
});

const alertSchema = z.object({
  ...common,
  kind: z.literal('alert'),
  /** As in CAP 1.2: who sends it, under which name, and which earlier messages it follows (`sender,identifier,sent`). */
  sender: z.string().min(1).max(120),
  identifier: z.string().min(1).max(200),
  references: z.array(z.string().max(400)).max(20).default([]),
  drill: z.boolean(),
  priority: z.literal(priorities),
  expiresAt: instantSchema,
  /** What happens, in few words: "Mưa lớn, ngập sâu". */
  event: localTextSchema,
  /** The sentence that people have to read. */
  headline: localTextSchema,
  /** What to do. */
  instruction: localTextSchema.optional(),
  area: localTextSchema,
  /** Who speaks. */
  speaker: localTextSchema,
  ends: ends.default([]),
});

const cancelSchema = z.object({ number: z.int().min(1), issuedAt: instantSchema, kind: z.literal('cancel'), ends: ends.min(1) });

export const orderSchema = z.discriminatedUnion('kind', [stopSchema, solemnSchema, alertSchema, cancelSchema]).superRefine((order, context) => {
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  if ('ends' in order && order.ends.some(({ number }) => number >= order.number)) refuse('an order ends only earlier ones');
  if (order.kind === 'solemn' && order.until < order.from) refuse('the last day lies before the first');
  if (order.kind === 'stop' && order.until !== undefined && (order.until <= order.issuedAt || order.until - order.issuedAt > longestPauseMs))
    refuse('a pause lasts up to sixty days');
  if (order.kind !== 'alert') return;
  if (order.expiresAt <= order.issuedAt || order.expiresAt - order.issuedAt > longestAlertMs) refuse('an alert lasts up to seven days');
  const { vi, en } = order.headline;
  const marked = vi.startsWith(drillMarks.vi) && (en === undefined || en.startsWith(drillMarks.en));
  const unmarked = !vi.startsWith(drillMarks.vi) && !en?.startsWith(drillMarks.en);
  if (order.drill ? !marked : !unmarked) refuse(`a drill's sentence begins with ${drillMarks.vi}, and no other`);
});
export type OrderDocument = z.infer<typeof orderSchema>;
export type Stop = z.infer<typeof stopSchema>;
export type Solemn = z.infer<typeof solemnSchema>;
export type Alert = z.infer<typeof alertSchema>;
/** An order that stands until it is over; a cancel only ends others. */
export type Order = Stop | Solemn | Alert;

/** The instant at which an order is over by itself, by whichever clock comes there first; `undefined` for one that has no such end, or whose days a calendar tells. */
export function endOf(order: Order): number | undefined {
  if (order.kind === 'alert') return order.expiresAt;
  return order.kind === 'stop' ? order.until : undefined;
}

export function endsOf(document: OrderDocument): readonly OrderRef[] {
  return document.kind === 'cancel' || document.kind === 'alert' ? document.ends : [];
}

/** Under this name journals and reports know what stood in place of an item. */
export function orderItem({ kind, number }: Pick<Order, 'kind' | 'number'>): string {
  return `${kind}-${number}`;
}
