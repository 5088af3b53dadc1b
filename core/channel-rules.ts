// Which channel a screen plays: its own choice first, then the rules for its tags in their order, then the rule of the nearest unit. Pure.
import { z } from 'zod';
import { slugSchema } from './primitives.ts';
import { foldName } from './units.ts';

export const channelRuleSchema = z.strictObject({
  of: z.literal(['tag', 'unit']),
  /** A tag as staff write it, or the code of a unit. */
  subject: z.string().trim().min(1).max(40),
  channel: slugSchema,
});
export type ChannelRule = z.infer<typeof channelRuleSchema>;
export const maxChannelRules = 500;

export interface Playing {
  /** What was chosen for this screen itself; null where the rules decide. */
  readonly chosen: string | null;
  /** What it plays now: it stays where no rule is about it. */
  readonly channel: string;
  readonly tags: readonly string[];
  /** Its unit and those above it, nearest first. */
  readonly units: readonly string[];
  /** Its kind: a rule holds for screens of the kind for which its channel's playlist is made. */
  readonly kind: string;
}

/** @param kindOf for which kind of screen a channel's playlist is made; undefined where there is no such channel */
export function channelFor(
  { chosen, channel, tags, units, kind }: Playing,
  rules: readonly ChannelRule[],
  kindOf: (channel: string) => string | undefined,
): string {
  if (chosen !== null) return chosen;
  const fitting = rules.filter((rule) => kindOf(rule.channel) === kind);
  const folded = new Set(tags.map(foldName));
  const byTag = fitting.find(({ of, subject }) => of === 'tag' && folded.has(foldName(subject)));
  const byUnit = units.flatMap((unit) => fitting.find(({ of, subject }) => of === 'unit' && subject === unit) ?? [])[0];
  return (byTag ?? byUnit)?.channel ?? channel;
}
