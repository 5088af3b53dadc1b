// Sheets of a ward: its screens in service, in the order of a Vietnamese list.
import { expect, test } from 'vitest';
import type { ScreenView } from '../../core/screen-api.ts';
import { sheetScreens, unitsWithScreens } from './sheet-screens.ts';

const screen = (name: string, unit: string | null, condition: ScreenView['condition'] = 'correct') => ({ name, unit, condition }) as ScreenView;
const all = [screen('Ngã tư Láng', 'c2'), screen('Đài phun nước', 'c1'), screen('Bến xe', 'c1', 'lost'), screen('Kho', null), screen('Cũ', 'c3', 'revoked')];

test('a ward gets its own screens, the city all, and what is out of service has no sheet', () => {
  expect(sheetScreens(all, 'c1').map(({ name }) => name)).toEqual(['Bến xe', 'Đài phun nước']);
  expect(sheetScreens(all, null).map(({ name }) => name)).toEqual(['Kho']);
  expect(sheetScreens(all, undefined)).toHaveLength(4);
});

test('only units with screens in service are offered, those without a unit last', () => {
  const names: Record<string, string> = { c1: 'Phường Ô Chợ Dừa', c2: 'Phường Láng' };
  expect(unitsWithScreens(all, (code) => names[code] ?? code, 'Chưa gắn đơn vị')).toEqual([
    { code: 'c2', name: 'Phường Láng' },
    { code: 'c1', name: 'Phường Ô Chợ Dừa' },
    { code: null, name: 'Chưa gắn đơn vị' },
  ]);
});
