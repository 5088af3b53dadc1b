// What a form says of itself before it is sent.
import { expect, test } from 'vitest';
import { contestSchema } from '../../core/campaigns-api.ts';
import { checkForm } from './problems.ts';

test('an empty day or number is said to be missing, and a wrong one to be wrong', () => {
  const contest = (asOf: string) => ({
    tree: 'hanoi-districts',
    measure: { vi: 'Tài khoản' },
    denominator: { name: { vi: 'người dân' }, source: 'Công an thành phố', asOf },
  });
  const said = (asOf: string) => {
    const checked = checkForm(contestSchema, contest(asOf));
    return checked.ok ? undefined : checked.problems.get('denominator.asOf')?.vi;
  };
  expect([said(''), said('2026-13-01'), said('2026-11-01')]).toEqual(['chưa nhập', 'không đúng mẫu', undefined]);
});
