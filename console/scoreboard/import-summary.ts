// What a preview comes to: bad rows, warnings, units that move, and what may be confirmed.
import type { Finding, ImportPreview } from '../../core/import-api.ts';
import { rankChange } from './rank-change.ts';

export interface ImportSummary {
  readonly accepted: number;
  /** Rows that will not be taken. */
  readonly bad: number;
  readonly warnings: number;
  /** Accepted units whose rank changes. */
  readonly moved: number;
  readonly step: 'confirm' | 'leave-out-and-confirm' | 'nothing-to-confirm';
}

/** Lines with an error; an error about the whole file counts as one. */
function badLines(findings: readonly Finding[]): number {
  return new Set(findings.filter(({ severity }) => severity === 'error').map(({ line }) => line ?? 0)).size;
}

export function summarise(preview: Pick<ImportPreview, 'rows' | 'findings' | 'accepted' | 'errors'>): ImportSummary {
  const { rows, findings, accepted, errors } = preview;
  const bad = errors === 0 ? 0 : badLines(findings) || errors;
  return {
    accepted,
    bad,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    moved: rows.filter((row) => row.accepted && !['same', 'none'].includes(rankChange(row.rankBefore, row.rankAfter).direction)).length,
    step: accepted === 0 ? 'nothing-to-confirm' : errors > 0 ? 'leave-out-and-confirm' : 'confirm',
  };
}

const order = { error: 0, warning: 1, note: 2 } as const;

/** Errors first, then by line; what is about the whole file comes before the lines. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => order[a.severity] - order[b.severity] || (a.line ?? 0) - (b.line ?? 0));
}
