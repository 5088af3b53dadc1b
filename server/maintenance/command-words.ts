// What the commands beside a server have in common: their words, and what they say.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { z } from 'zod';

export interface Said {
  readonly ok: boolean;
  readonly lines: readonly string[];
}
export interface Around {
  /** Value of DATABASE_URL. */
  readonly databaseUrl: string | undefined;
  readonly now: number;
}
export type Command = (words: readonly string[], around: Around) => Promise<Said>;

export const no = (...lines: readonly string[]): Said => ({ ok: false, lines });

/** @returns the words by name, or why they cannot be read; `needed` ones have to be there */
export function readWords<Name extends string>(words: readonly string[], usage: string, needed: readonly Name[], more: readonly string[] = []) {
  const options: ParseArgsOptionsConfig = Object.fromEntries([...needed, ...more].map((name) => [name, { type: 'string' as const }]));
  try {
    const values = z.record(z.string(), z.string()).parse({ ...parseArgs({ args: [...words], options }).values });
    const missing = needed.filter((name) => (values[name] ?? '') === '');
    if (missing.length > 0) return no(`${missing.map((name) => `--${name}`).join(', ')}: ${usage}`);
    return { ok: true as const, values: values as Record<Name, string> & Readonly<Partial<Record<string, string>>> };
  } catch (error) {
    return no((error as Error).message, usage);
  }
}
