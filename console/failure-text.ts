// What a failed request tells the person at the desk: the server's words, and its advice where it gives one.
import { z } from 'zod';
import { inLanguage, localTextSchema, type Language } from '../core/primitives.ts';
import { sentenceCase } from '../core/vietnamese.ts';
import type { ApiFailure } from './api-client.ts';
import { fieldName } from './field-names.ts';
import { textOf } from './messages.ts';

const adviceSchema = z.object({ advice: localTextSchema, line: z.int().optional() });

function adviceText(details: unknown, language: Language): string {
  const parsed = adviceSchema.safeParse(details);
  if (!parsed.success) return '';
  const { advice, line } = parsed.data;
  const place = line === undefined ? '' : `${textOf(language, 'failure.line', { line })} `;
  return ` ${place}${inLanguage(advice, language)}`;
}

const problemsSchema = z.array(z.object({ path: z.string(), reason: localTextSchema })).min(1);

/** Fields that were refused, by their names and reasons. */
function problemsText(details: unknown, language: Language): string {
  const problems = problemsSchema.safeParse(details).data ?? [];
  const text = problems.map(({ path, reason }) => `${fieldName(path, language)}: ${inLanguage(reason, language).replace(/\.$/, '')}`).join('; ');
  return text === '' ? '' : ` ${sentenceCase(text)}.`;
}

const checksSchema = z.array(z.object({ words: localTextSchema })).min(1);

/** What stands in the way of a publish, each with what to do. */
function checksText(details: unknown, language: Language): string {
  return (checksSchema.safeParse(details).data ?? []).map(({ words }) => ` ${inLanguage(words, language)}`).join('');
}

export function failureText(failure: ApiFailure, language: Language): string {
  switch (failure.kind) {
    case 'refused':
      return failure[language] + adviceText(failure.details, language) + problemsText(failure.details, language) + checksText(failure.details, language);
    case 'unreachable':
      return textOf(language, 'failure.unreachable');
    case 'unexpected':
      return textOf(language, 'failure.unexpected', { status: failure.status });
  }
}
