// The organisation that runs a screen, such as an LED company: a free name by which orders find its screens.
import { z } from 'zod';
import type { CustomReason } from './field-problems.ts';
import { foldName } from './units.ts';

export const maxOperatorLetters = 120;

/** What staff write: empty for none. A name without letter or digit would be the same as any other such name. */
export const operatorTextSchema = z
  .string()
  .trim()
  .max(maxOperatorLetters)
  .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)')
  .refine((text) => text === '' || foldName(text) !== '', { error: 'no-letters' satisfies CustomReason });

export const operatorSchema = operatorTextSchema.min(1);

/** The operators of some screens, each once however it is spelled, in the order of the alphabet. */
export function operatorsOf(screens: readonly { readonly operator: string }[]): string[] {
  const named = new Map(screens.filter(({ operator }) => operator !== '').map(({ operator }) => [foldName(operator), operator]));
  return [...named.values()].sort((a, b) => a.localeCompare(b, 'vi'));
}
