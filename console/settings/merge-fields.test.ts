import { expect, it } from 'vitest';
import { mergeFields } from './merge-fields.ts';

const base = { name: 'Láng', contact: '', hours: [{ from: '06:00' }], profile: { pitchMm: 10, viewport: { width: 960, height: 576 } } };

it('keeps what this person changed and takes what the other one saved', () => {
  const mine = { ...base, contact: 'Bình', profile: { ...base.profile, viewport: { width: 1056, height: 576 } } };
  const theirs = { ...base, name: 'Ngã tư Láng', hours: [], profile: { pitchMm: 8, viewport: { width: 960, height: 576 } } };
  expect(mergeFields(base, mine, theirs)).toEqual({
    ...{ name: 'Ngã tư Láng', contact: 'Bình', hours: [] },
    profile: { pitchMm: 8, viewport: { width: 1056, height: 576 } },
  });
});

it('keeps this person’s own value where both changed the same field', () => {
  expect(mergeFields(base, { ...base, name: 'Của tôi' }, { ...base, name: 'Của họ' }).name).toBe('Của tôi');
});
