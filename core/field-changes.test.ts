import { expect, it } from 'vitest';
import { fieldChanges } from './field-changes.ts';

it('names each field that differs, with what was there and what comes', () => {
  const before = { name: { vi: 'Cũ' }, stale: { greyAfterHours: 36 }, phases: [{ startDate: '2024-11-01' }] };
  const after = { name: { vi: 'Cũ', en: 'Old' }, stale: { greyAfterHours: 48 }, phases: [] };
  expect(fieldChanges(before, after)).toEqual([
    { path: 'stale.greyAfterHours', before: 36, after: 48 },
    { path: 'phases[0].startDate', before: '2024-11-01', after: null },
    { path: 'name.en', before: null, after: 'Old' },
  ]);
});

it('finds nothing in what is the same, whatever the order of its parts', () => {
  expect(fieldChanges({ a: 1, b: { c: true, d: null } }, { b: { d: null, c: true }, a: 1 })).toEqual([]);
});
