// Counts as people write them in a table: "1234", "1.234" and "1,234" are one number; what is not a whole number is refused.
import { maxCount } from './snapshot.ts';

export type CountProblem = 'empty' | 'not-a-number' | 'negative' | 'not-whole' | 'too-large';
export type CountText = { ok: true; count: number } | { ok: false; problem: CountProblem };

const plain = /^\d+$/;
/** Groups of three, with one kind of separator throughout: 1.234.567, 1,234,567 or 1 234 567. */
const grouped = /^[1-9]\d{0,2}([., \u00a0\u202f])\d{3}(?:\1\d{3})*$/;

/** Reads a whole, non-negative count. "1.234" and "1,234" are both 1234; "1,5" and "12.34" are not whole. */
export function readCount(text: string): CountText {
  const clean = text.trim();
  if (clean === '') return { ok: false, problem: 'empty' };
  if (/^[-\u2212\u2013]\s*\d/.test(clean)) return { ok: false, problem: 'negative' };
  if (!plain.test(clean) && !grouped.test(clean)) return { ok: false, problem: /^\d+(?:[.,]\d+)+$/.test(clean) ? 'not-whole' : 'not-a-number' };
  const count = Number(clean.replace(/\D/g, ''));
  return count > maxCount ? { ok: false, problem: 'too-large' } : { ok: true, count };
}
