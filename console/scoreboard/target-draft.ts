// Targets as they are typed: text by unit, and what of it can be sent.
import { readCount } from '../../core/count-text.ts';
import type { Language } from '../../core/primitives.ts';
import { formatCount } from '../../core/vietnamese.ts';

export type TargetDraft = Readonly<Record<string, string>>;

export const draftFrom = (targets: readonly { readonly unit: string; readonly target: number }[], language: Language): TargetDraft =>
  Object.fromEntries(targets.map(({ unit, target }) => [unit, formatCount(target, language)]));

/** The number in a field; null for an empty one, undefined for what is none. */
export function targetIn(text: string | undefined): number | null | undefined {
  if (text === undefined || text.trim() === '') return null;
  const read = readCount(text);
  return read.ok && read.count > 0 ? read.count : undefined;
}

/** What is sent; undefined while a field holds no number. */
export function targetsOf(draft: TargetDraft): { unit: string; target: number }[] | undefined {
  const read = Object.entries(draft).map(([unit, text]) => ({ unit, target: targetIn(text) }));
  if (read.some(({ target }) => target === undefined)) return undefined;
  return read.flatMap(({ unit, target }) => (typeof target === 'number' ? [{ unit, target }] : []));
}
