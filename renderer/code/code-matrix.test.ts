import { describe, expect, it } from 'vitest';
import { codeMatrix, codePath } from './code-matrix.ts';

describe('the matrix of a code', () => {
  it('keeps a short upper-case link in version 2', () => {
    expect(codeMatrix('HTTPS://IHANOI.GOV.VN').size).toBe(25);
    expect(codeMatrix('HTTPS://SCAN.IHANOI.GOV.VN/Q/7K2M9P').size).toBe(25);
  });

  it('draws every dark module once, on whole pixels inside the quiet zone', () => {
    const matrix = codeMatrix('HTTPS://IHANOI.GOV.VN');
    const path = codePath(matrix, 7, 4);
    const drawn = [...path.matchAll(/M(\d+) (\d+)h(\d+)v7h-(\d+)z/g)];
    expect(drawn.map(([text]) => text).join('')).toBe(path);
    const dark = Array.from({ length: 25 * 25 }, (_, index) => matrix.isDark(Math.floor(index / 25), index % 25)).filter(Boolean).length;
    expect(drawn.reduce((sum, run) => sum + Number(run[3]) / 7, 0)).toBe(dark);
    for (const run of drawn) {
      expect(Number(run[1]) % 7).toBe(0);
      expect(Number(run[1])).toBeGreaterThanOrEqual(28);
      expect(Number(run[2])).toBeGreaterThanOrEqual(28);
      expect(Number(run[1]) + Number(run[3])).toBeLessThanOrEqual((25 + 4) * 7);
    }
  });
});
