import { describe, expect, it } from 'vitest';
import type { Finding, ImportPreview } from '../../core/import-api.ts';
import { sortFindings, summarise } from './import-summary.ts';

const finding = (severity: Finding['severity'], line?: number): Finding => ({
  severity,
  code: 'count-negative',
  ...(line === undefined ? {} : { line }),
  expected: { vi: 'số từ 0', en: 'a number from 0' },
});
const row = (line: number, rankBefore: number | null, rankAfter: number | null, accepted = true): ImportPreview['rows'][number] => ({
  line,
  written: 'Ba Đình',
  unit: null,
  count: 1,
  base: 2,
  target: null,
  accepted,
  choices: [],
  suggested: null,
  rankBefore,
  rankAfter,
});

describe('the summary of a preview', () => {
  it('offers to confirm a clean file', () => {
    const summary = summarise({ rows: [row(2, 1, 1), row(3, 3, 2)], findings: [finding('warning', 3), finding('note', 2)], accepted: 2, errors: 0 });
    expect(summary).toEqual({ accepted: 2, bad: 0, warnings: 1, moved: 1, step: 'confirm' });
  });

  it('counts a bad row once, however much is wrong with it', () => {
    const summary = summarise({
      rows: [row(2, 1, 1), row(3, null, null, false)],
      findings: [finding('error', 3), finding('error', 3), finding('error', 4)],
      accepted: 1,
      errors: 3,
    });
    expect(summary.bad).toBe(2);
    expect(summary.step).toBe('leave-out-and-confirm');
  });

  it('offers nothing when no row can be used', () => {
    expect(summarise({ rows: [], findings: [finding('error')], accepted: 0, errors: 1 }).step).toBe('nothing-to-confirm');
  });

  it('counts units that are ranked for the first time as moved, refused rows never', () => {
    expect(summarise({ rows: [row(2, null, 4), row(3, 2, 9, false), row(4, null, null)], findings: [], accepted: 2, errors: 0 }).moved).toBe(1);
  });
});

describe('findings', () => {
  it('come with errors first, then by line, the whole file before its lines', () => {
    const sorted = sortFindings([finding('note', 1), finding('error', 9), finding('warning'), finding('error', 2), finding('warning', 1)]);
    expect(sorted.map(({ severity, line }) => `${severity} ${line ?? '-'}`)).toEqual(['error 2', 'error 9', 'warning -', 'warning 1', 'note 1']);
  });
});
