import { describe, expect, it } from 'vitest';
import { coverOf, type CoverFacts } from './cover.ts';
import { fits, orderSchema, type Alert, type Order, type Solemn, type Stop } from './orders.ts';

const zone = 'Asia/Ho_Chi_Minh';
const noon = Date.parse('2026-11-24T12:00:00+07:00');
const stop = (number: number): Stop => ({ kind: 'stop', number, issuedAt: noon, target: {} });
const pause = (number: number, minutes: number): Stop => ({ ...stop(number), until: noon + minutes * 60_000 });
const solemn = (number: number, from = '2026-11-24', until = '2026-11-25'): Solemn => ({
  ...{ kind: 'solemn', number, issuedAt: noon, target: {} },
  ...{ occasion: { vi: 'Quốc tang' }, from, until, zone },
});
const alert = (number: number, change: Partial<Alert> = {}): Alert => ({
  ...{ kind: 'alert', number, issuedAt: noon, target: {}, sender: 'ubnd@hanoi.gov.vn', identifier: `hn-${number}`, references: [], drill: false },
  ...{ priority: 'severe', expiresAt: noon + 3_600_000, event: { vi: 'Mưa lớn' }, headline: { vi: 'Đường Láng ngập sâu.' } },
  ...{ area: { vi: 'Phường Láng' }, speaker: { vi: 'UBND thành phố Hà Nội' }, ends: [] },
  ...change,
});
const drill = (number: number, change: Partial<Alert> = {}) => alert(number, { drill: true, headline: { vi: 'DIỄN TẬP: Đường Láng ngập sâu.' }, ...change });
/** Closed at noon. */
const night = [{ from: '18:00', until: '22:00' }];

describe('the cover of a screen', () => {
  const cases: [string, readonly Order[], Partial<CoverFacts>, string | null][] = [
    ['is none without an order', [], {}, null],
    ['is the stop whatever else is in force', [alert(9, { priority: 'extreme' }), stop(2), solemn(3)], { hours: night }, 'stop-2'],
    ['is a pause for works whatever else is in force', [alert(9, { priority: 'extreme' }), pause(2, 30), solemn(3)], {}, 'stop-2'],
    ['is none of a pause that is over', [pause(2, 30)], { now: noon + 30 * 60_000 }, null],
    ['is the stop and not a pause that came later', [stop(2), pause(5, 30)], {}, 'stop-2'],
    ['is the pause that ends last', [pause(2, 90), pause(5, 30)], {}, 'stop-2'],
    ['is a pause as long as its time left says, while no clock can be believed', [pause(2, 30)], { now: undefined, remainingMs: () => 1 }, 'stop-2'],
    ['is none of a pause whose time is used up, whatever the clock says', [pause(2, 30)], { remainingMs: () => 0 }, null],
    ['is an alert on a solemn day', [solemn(1), alert(2)], {}, 'alert-2'],
    ['is the solemn day and not a drill', [solemn(1), drill(2)], {}, 'solemn-1'],
    ['is a drill over the programme', [drill(2)], {}, 'alert-2'],
    ['is a real alert before a more urgent drill', [drill(5, { priority: 'extreme' }), alert(2, { priority: 'minor' })], {}, 'alert-2'],
    ['is the more urgent alert before the newer one', [alert(2, { priority: 'extreme' }), alert(5)], {}, 'alert-2'],
    ['is the newer of two equally urgent ones', [alert(7), alert(5)], {}, 'alert-7'],
    ['is off outside the hours, solemn day or not', [solemn(1)], { hours: night }, 'off'],
    ['stays off for an alert that is not the most urgent', [alert(1)], { hours: night }, 'off'],
    ['stays off for a drill', [drill(1, { priority: 'extreme' })], { hours: night }, 'off'],
    ['is the most urgent alert on a screen that is off', [alert(1, { priority: 'extreme' })], { hours: night }, 'alert-1'],
    ['is none before the solemn days', [solemn(1, '2026-11-25')], {}, null],
    ['is none after the solemn days', [solemn(1, '2026-11-20', '2026-11-23')], {}, null],
    ['is solemn to the last minute of the last day', [solemn(1, '2026-11-20', '2026-11-24')], { now: Date.parse('2026-11-24T23:59:59+07:00') }, 'solemn-1'],
    ['is none from the next midnight on', [solemn(1, '2026-11-20', '2026-11-24')], { now: Date.parse('2026-11-25T00:00:00+07:00') }, null],
    ['stays solemn, and never goes off, while no clock can be believed', [solemn(1, '2026-11-20', '2026-11-23')], { hours: night, now: undefined }, 'solemn-1'],
    ['is not solemn before its first day has certainly come', [solemn(1)], { now: undefined, passed: noon - 86_400_000 }, null],
  ];
  it.each(cases)('%s', (_, orders, change, expected) => {
    const cover = coverOf({ orders, hours: [], zone, now: noon, ...change });
    expect(cover && (cover.state === 'off' ? 'off' : cover.item)).toBe(expected);
  });
});

describe('a target', () => {
  const here = {
    screen: '00000000-0000-4000-8000-000000000001',
    units: ['c00166', 'hanoi'],
    profile: { kind: 'led', audience: 'traffic' },
    operator: 'Công ty Ánh Sáng',
  } as const;
  it.each([
    ['nothing said', {}, true],
    ['the screen itself', { screens: [here.screen] }, true],
    ['another screen', { screens: ['00000000-0000-4000-8000-000000000002'] }, false],
    ['its unit', { units: ['c00166'] }, true],
    ['a unit above it', { units: ['c00004', 'hanoi'] }, true],
    ['another unit', { units: ['c00004'] }, false],
    ['its kind and audience', { kinds: ['led'], audiences: ['traffic'] }, true],
    ['its unit but another kind', { units: ['hanoi'], kinds: ['lcd'] }, false],
    ['its operator, however it is spelled', { operators: ['Sao Đêm', 'CÔNG TY  ÁNH SÁNG'] }, true],
    ['another operator', { operators: ['Công ty Sao Đêm'] }, false],
    ['its operator in another unit', { operators: ['Công ty Ánh Sáng'], units: ['c00004'] }, false],
    ['another audience', { audiences: ['indoor', 'public'] }, false],
  ] as const)('with %s fits or not', (_, target, expected) => {
    expect(fits(structuredClone(target) as Parameters<typeof fits>[0], here)).toBe(expected);
  });
});

describe('an order document', () => {
  const sha256 = 'a'.repeat(64);
  const problem = (document: unknown) => orderSchema.safeParse(document).error?.issues[0]?.message;
  it('fault 78: has a drill say so in its sentence, and nothing else', () => {
    expect(problem(drill(1))).toBeUndefined();
    expect(problem(drill(1, { headline: { vi: 'Đường Láng ngập sâu.' } }))).toContain('DIỄN TẬP');
    expect(problem(drill(1, { headline: { vi: 'DIỄN TẬP: ngập.', en: 'Flooded.' } }))).toContain('DIỄN TẬP');
    expect(problem(alert(1, { headline: { vi: 'DIỄN TẬP: ngập.' } }))).toContain('DIỄN TẬP');
  });
  it('ends only what came before it', () => {
    const cancel = (number: number, of: number) => ({ kind: 'cancel', number, issuedAt: noon, ends: [{ number: of, sha256 }] });
    expect(problem(cancel(5, 4))).toBeUndefined();
    expect(problem(cancel(5, 5))).toContain('earlier');
    expect(problem(alert(3, { ends: [{ number: 4, sha256 }] }))).toContain('earlier');
  });
  it('does not last longer than seven days, nor backwards', () => {
    expect(problem(alert(1, { expiresAt: noon + 8 * 86_400_000 }))).toContain('seven days');
    expect(problem(alert(1, { expiresAt: noon }))).toContain('seven days');
    expect(problem(solemn(1, '2026-11-25', '2026-11-24'))).toContain('last day');
  });
});
