// What the legibility engine says of one turn on one screen.
import { z } from 'zod';
import { localTextSchema } from '../primitives.ts';
import { ruleIds, rules, severities, units, type RuleId } from './rules.ts';
import { sentencesOf } from './sentences.ts';

export const legibilityFindingSchema = z.object({
  rule: z.literal(ruleIds),
  severity: z.literal(severities),
  measured: z.number(),
  required: z.number(),
  unit: z.literal(units),
  source: z.string(),
  /** The words concerned, where it is about words. */
  text: z.string().optional(),
  what: localTextSchema,
  suggestion: localTextSchema,
});
export type Finding = z.infer<typeof legibilityFindingSchema>;

export interface Judged {
  readonly measured: number;
  /** The rule's figure where it is not given. */
  readonly required?: number;
  /** The rule's unit where it is not given. */
  readonly unit?: Finding['unit'];
  readonly text?: string;
}

/** A finding where the measure breaks the rule; nothing where it holds. A millionth of slack keeps sums of fractions from breaking it. */
export function judge(rule: RuleId, { measured, required = rules[rule].figure, unit = rules[rule].unit, text }: Judged): Finding[] {
  const { bound, severity, source } = rules[rule];
  const slack = Math.abs(required) * 1e-6;
  const holds = bound === 'least' ? measured >= required - slack : measured <= required + slack;
  if (holds) return [];
  const figures = { rule, severity, measured, required, unit, source, ...(text === undefined ? {} : { text }) };
  return [{ ...figures, ...sentencesOf(figures) }];
}
