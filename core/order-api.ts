// The staff API's contract for orders: what is asked for, what is answered, and the words that have to be typed before an alert goes out.
import { z } from 'zod';
import { plainWords, slotSchema, templateNames } from './alert-templates.ts';
import { longestAlertMs, orderKinds, priorities, targetSchema } from './orders.ts';
import { instantSchema, localDateSchema, localTextSchema, sha256Schema } from './primitives.ts';

/** Typed by hand, so that a drill is not sent as the real thing nor the real thing as a drill. */
export const confirmWords = { live: 'CẢNH BÁO THẬT', drill: 'DIỄN TẬP' } as const;

const strictTarget = targetSchema.strict();
/** For staff only; never signed, never sent to a screen. */
const reason = z.string().trim().min(1).max(300);
/** Document that it rests on: number, date, office. */
const basis = z.string().trim().max(200).default('');
const shortWords = (most: number) => localTextSchema.refine(({ vi, en = '' }) => vi.length <= most && en.length <= most, `at most ${most} letters`);

export const reachSchema = z.strictObject({ target: strictTarget });
/** `until`: a pause for works, which is over by itself then. */
export const newStopSchema = z.strictObject({ target: strictTarget, reason, basis, until: instantSchema.optional() });
export const newSolemnSchema = z.strictObject({ target: strictTarget, occasion: shortWords(90), from: localDateSchema, until: localDateSchema, reason, basis });

const templateWords = z.strictObject({ template: z.literal(templateNames), slots: z.record(z.string(), slotSchema) });
const freeWords = z.strictObject({
  event: shortWords(40),
  headline: shortWords(140),
  instruction: shortWords(160).optional(),
  priority: z.literal(priorities),
});
export const newAlertSchema = z.strictObject({
  target: strictTarget,
  area: z.object({ vi: plainWords(60), en: plainWords(60).optional() }),
  drill: z.boolean(),
  minutes: z
    .int()
    .min(5)
    .max(longestAlertMs / 60_000),
  words: z.union([templateWords, freeWords]),
  /** Number of the alert in force that this one takes the place of. */
  follows: z.int().min(1).optional(),
  confirm: z.string().max(40),
  basis,
});
export type NewAlert = z.infer<typeof newAlertSchema>;
export const endOrderSchema = z.strictObject({ reason });

export const orderStates = ['standing', 'coming', 'ended', 'expired'] as const;
/** `unreachable`: not connected, so nobody knows; what it holds it goes on obeying. */
export const obediences = ['obeyed', 'unconfirmed', 'unreachable'] as const;

export const orderProgressSchema = z.object({ screens: z.int(), obeyed: z.int(), unconfirmed: z.int(), unreachable: z.int() });
export const orderViewSchema = z.object({
  number: z.int(),
  sha256: sha256Schema,
  kind: z.literal(orderKinds),
  state: z.literal(orderStates),
  issuedAt: instantSchema,
  target: targetSchema,
  author: z.string(),
  reason: z.string(),
  basis: z.string(),
  /** Headline of an alert, occasion of a solemn programme. */
  words: localTextSchema.nullable(),
  drill: z.boolean(),
  priority: z.literal(priorities).nullable(),
  area: localTextSchema.nullable(),
  /** Of an alert, and of a stop that is a pause. */
  expiresAt: instantSchema.nullable(),
  days: z.object({ from: localDateSchema, until: localDateSchema }).nullable(),
  ended: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  /** The first of two people has asked for its end. */
  endAsked: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  progress: orderProgressSchema,
});
export type OrderView = z.infer<typeof orderViewSchema>;

/** What an alert that is not sent yet would say, and the alerts whose place it would take. */
export const askedAlertSchema = z.object({
  drill: z.boolean(),
  priority: z.literal(priorities),
  event: localTextSchema,
  headline: localTextSchema,
  instruction: localTextSchema.nullable(),
  area: localTextSchema,
  ends: z.array(z.object({ number: z.int(), headline: localTextSchema })),
});
export type AskedAlert = z.infer<typeof askedAlertSchema>;

/** An alert in free words that waits for a second person, or for approvers' signatures. */
export const alertRequestSchema = askedAlertSchema.extend({
  id: z.uuid(),
  by: z.string(),
  at: instantSchema,
  minutes: z.int(),
  screens: z.int(),
  /** Of one that approvers sign: how many have to, how many have, and its end, which is fixed. */
  signatures: z.object({ needed: z.int(), signed: z.int(), expiresAt: instantSchema }).nullable(),
});
export type AlertRequest = z.infer<typeof alertRequestSchema>;

export const ordersViewSchema = z.object({ orders: z.array(orderViewSchema), requests: z.array(alertRequestSchema) });
export type OrdersView = z.infer<typeof ordersViewSchema>;

export const confirmRequestSchema = z.strictObject({ confirm: z.string().max(40) });
/** Either it is done, or a second person has to do it too, or approvers sign it first. */
export const orderAnswerSchema = z.object({ order: orderViewSchema.nullable(), waiting: z.boolean() });

export const orderScreenSchema = z.object({
  screen: z.uuid(),
  number: z.int(),
  name: z.string(),
  place: z.string(),
  /** Whom to call. */
  contact: z.string(),
  /** The organisation that runs it; empty where nobody has said. */
  operator: z.string(),
  obedience: z.literal(obediences),
  /** It obeyed when it was last heard. */
  obeyedLast: z.boolean(),
  lastSeenAt: instantSchema.nullable(),
});
export type OrderScreen = z.infer<typeof orderScreenSchema>;

/** How many approvers have to sign free words to a target, and names of the screens that ask for it; 0 where none does. */
export const signaturesSchema = z.object({ needed: z.int(), screens: z.array(z.string()) });
export type Signatures = z.infer<typeof signaturesSchema>;

export const reachAnswerSchema = z.object({
  screens: z.array(z.object({ id: z.uuid(), number: z.int(), name: z.string(), trial: z.boolean() })),
  connected: z.int(),
  /** Screens that are no trial. */
  real: z.int(),
  signatures: signaturesSchema,
});
export type Reach = z.infer<typeof reachAnswerSchema>;

export const orderPaths = {
  orders: '/api/orders',
  stops: '/api/orders/stops',
  solemn: '/api/orders/solemn',
  alerts: '/api/orders/alerts',
  reach: '/api/orders/reach',
  end: (order: number | string) => `/api/orders/${order}/end`,
  screens: (order: number | string) => `/api/orders/${order}/screens`,
  confirm: (request: string) => `/api/orders/requests/${request}/confirm`,
  request: (request: string) => `/api/orders/requests/${request}`,
} as const;
