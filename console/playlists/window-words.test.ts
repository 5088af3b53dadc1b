import { describe, expect, it } from 'vitest';
import type { Window } from '../../core/schedule.ts';
import { textOf, type Say } from '../messages.ts';
import { whenText, windowsText } from './window-words.ts';

const vi: Say = (key, ...slots) => textOf('vi', key, ...slots);
const en: Say = (key, ...slots) => textOf('en', key, ...slots);
const words = (...windows: Window[]) => windowsText(windows, vi);

describe('windows in words', () => {
  it('are always, when there are none', () => {
    expect(words()).toBe('Mọi lúc');
    expect(windowsText([], en)).toBe('Always');
  });

  it('name working days, weekends, single days and every day', () => {
    expect(words({ days: [5, 1, 2, 3, 4] })).toBe('thứ Hai – thứ Sáu, cả ngày');
    expect(words({ days: [7, 6] })).toBe('thứ Bảy, Chủ nhật, cả ngày');
    expect(words({ days: [3, 1] })).toBe('thứ Hai, thứ Tư, cả ngày');
    expect(words({ days: [1, 2, 3, 4, 5, 6, 7], from: '07:00', until: '09:00' })).toBe('hằng ngày, 07:00–09:00');
  });

  it('say that hours past midnight end on the next day', () => {
    expect(words({ from: '17:00', until: '08:00' })).toBe('hằng ngày, 17:00–08:00 hôm sau');
    expect(words({ from: '08:00', until: '08:00' })).toBe('hằng ngày, 08:00–08:00 hôm sau');
    expect(words({ from: '17:00', until: '24:00' })).toBe('hằng ngày, 17:00–24:00');
    expect(words({ until: '08:00' })).toBe('hằng ngày, 00:00–08:00');
  });

  it('name dates as people write them', () => {
    expect(words({ startDate: '2024-11-01', endDate: '2024-11-30' })).toBe('hằng ngày, cả ngày, từ 01/11/2024 đến hết 30/11/2024');
    expect(words({ startDate: '2024-11-01' })).toBe('hằng ngày, cả ngày, từ 01/11/2024');
    expect(words({ endDate: '2024-11-30' })).toBe('hằng ngày, cả ngày, đến hết 30/11/2024');
  });

  it('are joined when there are several', () => {
    expect(words({ from: '06:30', until: '09:00' }, { from: '16:30', until: '19:30' })).toBe('hằng ngày, 06:30–09:00; hằng ngày, 16:30–19:30');
  });
});

describe('when an item runs', () => {
  it('says the phases of the campaign before the hours', () => {
    expect(whenText({ windows: [], phases: ['start', 'last'] }, 'vi', vi)).toBe('tuần đầu, những ngày cuối');
    expect(whenText({ windows: [{ from: '06:30', until: '09:00' }], phases: ['mid'] }, 'vi', vi)).toMatch(/^giữa đợt; .*06:30/);
    expect(whenText({ windows: [] }, 'vi', vi)).toBe(words());
  });

  it('says the holidays on which it runs or does not', () => {
    expect(whenText({ windows: [], holidays: { when: 'on', days: ['tet'] } }, 'vi', vi)).toBe('chỉ Tết Nguyên đán');
    expect(whenText({ windows: [{ from: '06:30', until: '09:00' }], phases: ['mid'], holidays: { when: 'off', days: ['tet', 'capital'] } }, 'vi', vi)).toMatch(
      /^giữa đợt; trừ Tết Nguyên đán, Ngày Giải phóng Thủ đô; .*06:30/,
    );
  });
});
