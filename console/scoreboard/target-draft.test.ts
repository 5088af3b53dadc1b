// Typed targets: numbers as offices write them, empty fields left out, nothing sent while one is no number.
import { expect, test } from 'vitest';
import { draftFrom, targetIn, targetsOf } from './target-draft.ts';

test('numbers as offices write them are read, empty fields are units without a target', () => {
  expect(targetsOf({ d001: '1.200', d002: '', d003: '15 000' })).toEqual([
    { unit: 'd001', target: 1_200 },
    { unit: 'd003', target: 15_000 },
  ]);
  expect(draftFrom([{ unit: 'd001', target: 150_000 }], 'vi')).toEqual({ d001: '150.000' });
  for (const language of ['vi', 'en'] as const)
    expect(targetsOf(draftFrom([{ unit: 'd001', target: 150_000 }], language))).toEqual([{ unit: 'd001', target: 150_000 }]);
});

test('what is no target holds everything back', () => {
  for (const text of ['x', '0', '-5', '1,5']) expect([text, targetIn(text), targetsOf({ d001: text })]).toEqual([text, undefined, undefined]);
});
