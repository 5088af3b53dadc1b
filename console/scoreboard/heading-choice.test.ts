import { expect, test } from 'vitest';
import { columnLetter, isWholeChoice, linesIn } from './heading-choice.ts';

test('lines are offered only where a file was refused for want of a heading', () => {
  const lines = [{ line: 2, cells: ['Nơi', 'Số'] }];
  expect(linesIn({ reason: 'no-heading', lines })).toEqual(lines);
  for (const details of [undefined, { reason: 'no-rows', lines }, { reason: 'no-heading', lines: [] }, { reason: 'no-heading' }])
    expect(linesIn(details)).toBeUndefined();
});

test('a choice is whole once it says whose figure and which', () => {
  expect([{ unit: 1 }, { count: 2 }, { unit: 1, count: 2 }, { code: 1, count: 2 }].map((columns) => isWholeChoice({ line: 1, columns }))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('columns are named as Excel names them', () => {
  expect([1, 26, 27, 52, 53, 256].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'IV']);
});
