// The page docs/faults.md tells the truth: its tests are there, its rows are complete, and its totals are counted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';

const page = readFileSync(join(root, 'docs/faults.md'), 'utf8');
const [, faults = '', invariants = '', totals = ''] = page.split(/^## .+$/m);
const rowsOf = (section: string) => section.split('\n').flatMap((line) => (line.startsWith('|') ? [line.split('|').slice(1, -1)] : []));
const rows = rowsOf(faults).flatMap((cells) => {
  const [number = '', fault = '', , , , staged = '', proof = ''] = cells.map((cell) => cell.trim());
  return /^\d+$/.test(number) ? [{ number: Number(number), fault, staged, proof }] : [];
});

/** Tests as the page names them: a file in code, then the titles in quotes that follow it. */
const testsIn = (text: string) => [...text.matchAll(/`([\w./-]+\.(?:test|contract)\.ts)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({ file, title }));

/** Whether a file has a test, a row of a test or a group of them under this title. */
function holds(file: string, title: string): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return [`'${title}'`, `\`${title}\``, `\`${title}\${`].some((quoted) => text.includes(quoted));
}

describe('docs/faults.md', () => {
  it('has a row for every fault, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 96 }, (_, index) => index + 1));
  });

  it('names only tests that are there', () => {
    const named = testsIn(page);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ file, title }) => !holds(file, title))).toEqual([]);
  });

  it('names a test for every fault that it calls staged, and says why or where for every other', () => {
    for (const { number, staged, proof } of rows) {
      expect([number, staged]).toEqual([number, expect.stringMatching(/^(?:real|seam|no)$/)]);
      if (staged !== 'no') expect([number, testsIn(proof).length]).not.toEqual([number, 0]);
      if (staged === 'seam') expect([number, proof]).toEqual([number, expect.stringContaining('Seam: ')]);
      if (staged === 'no') expect([number, proof]).toEqual([number, expect.stringMatching(/\w{2,}.*\.$/)]);
    }
  });

  it('names a test for every invariant', () => {
    const [, , ...named] = rowsOf(invariants);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, proof = '']) => testsIn(proof).length === 0)).toEqual([]);
  });

  it('counts what is staged, at least sixty of the ninety-six', () => {
    const count = (kind: string) => rows.filter(({ staged }) => staged === kind).length;
    const [real, seam, no] = [count('real'), count('seam'), count('no')];
    expect(totals).toContain(`96 faults: ${real + seam} staged by a test (${real} real, ${seam} at a seam), ${no} not staged.`);
    expect(real + seam).toBeGreaterThanOrEqual(60);
  });
});
