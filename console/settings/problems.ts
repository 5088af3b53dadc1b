// What is wrong with a form before it is sent: the same schema and the same words as at the server, by the path of each field.
import { tick } from 'svelte';
import type { z } from 'zod';
import { fieldProblem } from '../../core/field-problems.ts';
import type { LocalText } from '../../core/primitives.ts';

export type Problems = ReadonlyMap<string, LocalText>;
export type Checked<Schema extends z.ZodType> = { readonly ok: true; readonly value: z.input<Schema> } | { readonly ok: false; readonly problems: Problems };

export function checkForm<Schema extends z.ZodType>(schema: Schema, value: unknown): Checked<Schema> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { ok: true, value: value as z.input<Schema> };
  return { ok: false, problems: new Map(parsed.error.issues.map(fieldProblem).map(({ path, reason }) => [path, reason])) };
}

/** Leads to the first field that is wrong, once it is marked. */
export function showProblem(): void {
  void tick().then(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
