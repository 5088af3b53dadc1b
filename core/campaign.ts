// A campaign is data: its period, tree, measure, links and rules. Signed into every manifest.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { holdLimitsSchema, type HoldLimits } from './holds.ts';
import { localDateSchema, localTextSchema, slugSchema } from './primitives.ts';

const periodShape = { startDate: localDateSchema, endDate: localDateSchema };

/** First and last day, local and inclusive. */
export const periodSchema = z.object(periodShape);
export type Period = z.infer<typeof periodSchema>;

/** A link or claim that a person has to check before the first publish to a real screen. */
const confirmable = { confirmed: z.boolean().default(false) };
const installLink = z.object({ url: z.url({ protocol: /^https$/ }).or(z.literal('')), ...confirmable });

export const campaignSchema = z.object({
  id: slugSchema,
  name: localTextSchema,
  /** Number of the plan, such as "311/KH-UBND". */
  plan: z.string().min(1).max(80),
  zone: z.string().min(1).max(64),
  period: periodSchema,
  /** Day on which its result became final. From then on there are no new figures, only corrections of that result. */
  closedOn: localDateSchema.optional(),
  /** The periods of the plan itself, with the document each rests on. */
  phases: z.array(z.object({ name: localTextSchema, basis: z.string().max(120), ...periodShape })).max(24),
  tree: slugSchema,
  measure: z.object({ id: slugSchema, name: localTextSchema }),
  denominator: z.object({ name: localTextSchema, source: z.string().max(200), asOf: localDateSchema }),
  source: localTextSchema,
  rankBy: z.literal(['rate', 'count']).default('rate'),
  /** Who speaks, as written beside each code. */
  speaker: localTextSchema,
  links: z.object({ ios: installLink, android: installLink, web: installLink }),
  helpline: z.object({ number: z.string().max(20), branch: z.string().max(10).optional(), ...confirmable }),
  /** Host of the scan links; without one, codes carry the web link. At most 18 characters keep a code small. */
  scanHost: z
    .string()
    .regex(/^[a-z0-9.-]+$/)
    .max(18)
    .optional(),
  /** Figures older than this grey out, then leave the screen. Samples never go stale. */
  stale: z.object({ greyAfterHours: z.number().positive(), leaveAfterHours: z.number().positive() }),
  /** How much figures may change without a second person. */
  holds: holdLimitsSchema.optional(),
  /** Occasions of a solemn programme that are agreed beside the usual ones. */
  occasions: z.array(localTextSchema).max(20).optional(),
  maxOfflineDays: z.number().positive().default(30),
  /** A trial's campaign: every scoreboard says so, and its period is the current calendar month. */
  trial: z.boolean().default(false),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** The limits of a campaign, where it says none the usual ones. */
export function holdLimitsOf({ holds }: Pick<Campaign, 'holds'>): HoldLimits {
  return holds ?? holdLimitsSchema.parse({});
}

/** The local calendar month around an instant, the period of a trial. */
export function calendarMonth(instant: number, zone: string): Period {
  const first = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().with({ day: 1 });
  return { startDate: first.toString(), endDate: first.with({ day: first.daysInMonth }).toString() };
}

/** The local day of an instant. */
export function localDay(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Whether the result may be made final on a day: from the last one on. A trial is for trying, so any day will do. */
export const mayClose = ({ trial, period }: Pick<Campaign, 'trial' | 'period'>, day: string): boolean => trial || day >= period.endDate;

/** The campaign with its result final since a day. A trial that is closed before its last day has ended the day before, so that its result phase begins at once. */
export function closed(campaign: Campaign, day: string): Campaign {
  const { startDate, endDate } = campaign.period;
  if (day > endDate || !campaign.trial) return { ...campaign, closedOn: day };
  const before = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
  return { ...campaign, closedOn: day, period: { startDate: startDate < before ? startDate : before, endDate: before } };
}

/** Days left until the end of `untilDate`, today included: 1 on the last day, 0 after it, in the campaign's zone. */
export function daysLeft(untilDate: string, instant: number, zone: string): number {
  const today = Temporal.PlainDate.from(localDay(instant, zone));
  return Math.max(0, today.until(untilDate, { largestUnit: 'day' }).days + 1);
}
