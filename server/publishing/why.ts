// Why something that the server wanted to do by itself was not done: the words of its refusal, and what to do, as they are kept for people.
import { z } from 'zod';
import { errors } from '../../core/errors.ts';
import { localTextSchema } from '../../core/primitives.ts';
import type { ApiFailure } from '../api-failure.ts';

const wordsSchema = z.object({ vi: z.string(), en: z.string() });
export const whySchema = z.array(wordsSchema);
export type Why = z.infer<typeof whySchema>;

/** What the details of a refusal say beside its words: checks, findings, advice. */
const detailsSchema = z.union([
  z.array(z.object({ words: wordsSchema })).transform((checks) => checks.map(({ words }) => words)),
  z
    .array(z.object({ what: localTextSchema, suggestion: localTextSchema }))
    .transform((all) =>
      all.map(({ what, suggestion }) => ({ vi: `${what.vi} ${suggestion.vi}`, en: `${what.en ?? what.vi} ${suggestion.en ?? suggestion.vi}` })),
    ),
  z.object({ advice: wordsSchema }).transform(({ advice }) => [advice]),
]);

export function whyOf({ code, details }: ApiFailure): Why {
  const { vi, en } = errors[code];
  return [{ vi, en }, ...(detailsSchema.safeParse(details).data ?? [])];
}
