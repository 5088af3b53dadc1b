// Addresses of the public pages and of the files that they offer.
import type { Language } from '../../core/primitives.ts';

export const pagePaths = {
  board: '/scoreboard',
  embed: '/embed/scoreboard',
  history: '/scoreboard/history',
  /** Of one campaign, from below a number on. */
  historyOf: (campaign: string, before?: number) => `/scoreboard/history?campaign=${campaign}${before === undefined ? '' : `&before=${before}`}`,
  snapshot: (number: number | string) => `/scoreboard/${number}`,
  csv: (number: number | string) => `/scoreboard/${number}/figures.csv`,
  card: (number: number | string) => `/scoreboard/${number}/card.png`,
  signedBytes: (number: number | string) => `/scoreboard/${number}/signed.bin`,
  signature: (number: number | string, key: string) => `/scoreboard/${number}/${key}.sig`,
  key: (key: string) => `/scoreboard/keys/${key}.pem`,
} as const;

/** The same page in a language; Vietnamese needs no word for it. */
export function inLanguageOf(path: string, language: Language): string {
  return language === 'vi' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}
