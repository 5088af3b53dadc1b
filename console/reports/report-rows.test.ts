import { expect, it } from 'vitest';
import type { DisplayReport } from '../../core/report-api.ts';
import { textOf, type Say } from '../messages.ts';
import { faultRows, reportRows } from './report-rows.ts';

const vi: Say = (key, ...slots) => textOf('vi', key, ...slots);
const none = { turns: 0, airMs: 0, interrupted: 0, skipped: 0, untrusted: 0, opens: 0, devices: 0, offScreen: 0 };
const screen = {
  ...none,
  id: '1',
  number: 1,
  name: 'LED',
  place: 'Ngã tư',
  unit: { code: 'd001', name: 'Quận Ba Đình' },
  missing: 0,
  findings: [],
  pictures: { same: 0, other: 0 },
};
const report: DisplayReport = {
  ...{
    zone: 'Asia/Ho_Chi_Minh',
    from: '2026-11-24',
    to: '2026-11-24',
    only: {},
    madeAt: 0,
    total: none,
    units: [{ ...none, code: null, name: null, screens: 2 }],
  },
  screens: [screen, { ...screen, id: '2', turns: 1, missing: 3, findings: [{ kind: 'fork', count: 2 }] }, { ...screen, id: '3', turns: 1 }],
  items: [{ ...none, number: 0, name: null }],
  days: [{ ...none, day: '2026-11-24' }],
  hours: Array.from({ length: 24 }, (_, hour) => ({ ...none, hour, turns: hour === 7 ? 1 : 0 })),
  papers: [],
  faults: [],
};

it('says how many pictures of a screen showed what should be on, and how many did not', () => {
  const [row] = reportRows({ ...report, screens: [{ ...screen, turns: 1, pictures: { same: 12, other: 1 } }] }, 'screens', vi);
  expect([row?.pictures, row?.journal]).toEqual(['12 ảnh chụp đúng nội dung', ['1 ảnh chụp khác nội dung phải chiếu']]);
});

it('says of a journal what it lacks, that it is whole, or nothing where there is none', () => {
  expect(reportRows(report, 'screens', vi).map(({ journal }) => journal)).toEqual([undefined, ['Còn thiếu 3 mục nhật ký', 'Hai bản nhật ký khác nhau: 2'], []]);
});

it('names what has no name, and leaves out hours in which nothing was', () => {
  expect(reportRows(report, 'units', vi)[0]).toMatchObject({ name: 'Chưa gắn đơn vị', note: '2 màn hình' });
  expect(reportRows(report, 'items', vi)[0]).toMatchObject({ name: 'Nội dung dự phòng của máy' });
  expect(reportRows(report, 'days', vi)[0]).toMatchObject({ name: '24/11/2026' });
  expect(reportRows(report, 'hours', vi).map(({ name }) => name)).toEqual(['7 giờ đến 8 giờ']);
});

it('counts reasons together that read alike, the most frequent first', () => {
  const faults = [
    { outcome: 'skipped', reason: 'covered by stop-1', count: 2 },
    { outcome: 'interrupted', reason: 'cut short', count: 4 },
    { outcome: 'skipped', reason: 'covered by alert-2', count: 3 },
  ] as const;
  const rows = faultRows(faults, (reason) => reason.replace(/ by .*/, ''));
  expect(rows.map(({ text, count }) => [text, count])).toEqual([
    ['covered', 5],
    ['cut short', 4],
  ]);
});
