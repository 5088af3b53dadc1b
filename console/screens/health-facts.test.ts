import { describe, expect, it } from 'vitest';
import { screenViewSchema, type ScreenView } from '../../core/screen-api.ts';
import { textOf, type Say } from '../messages.ts';
import { healthFacts } from './health-facts.ts';
import { reasonText } from '../../core/reason-words.ts';

const vi: Say = (key, ...slots) => textOf('vi', key, ...slots);
const now = Date.UTC(2026, 10, 24, 3);
const id = '3e0f5a4c-8f9d-4f5e-9d5c-2a1b3c4d5e6f';

function screen(more: object = {}): ScreenView {
  const profile = { kind: 'lcd', viewport: { x: 10, y: 0, width: 960, height: 576 }, pitchMm: 10, distanceM: { near: 15, far: 60 }, audience: 'indoor' };
  const health = {
    ...{ at: now, state: 'playing', shows: null, shouldShow: null, lastFrameAt: now, manifest: { playing: 'factory', accepted: 0 }, snapshot: 1 },
    ...{ memory: { pageHeapBytes: null, playerRssBytes: 1 }, clock: { offsetMs: 12, trusted: true }, journal: { chain: id, last: 0, pending: 0 } },
    ...{ quarantined: [], viewport: { width: 970, height: 576 }, player: '0.1.0', shell: 'chromium' },
    ...more,
  };
  return screenViewSchema.parse({
    ...{
      id,
      number: 7,
      name: 'LED',
      place: '',
      unit: null,
      trial: true,
      profile,
      channelOfRules: 'street',
      channel: 'street',
      playlist: 'street',
      playlists: ['street'],
      condition: 'correct',
    },
    ...{
      connected: true,
      lastSeenAt: now,
      manifest: null,
      health,
      showing: null,
      capture: null,
      plays: 0,
      hours: [],
      contact: '',
      operator: '',
      tags: [],
      revision: 1,
    },
  });
}
const facts = (more: object) => healthFacts(screen(more), vi, 'vi').map(({ id: fact, tone, text }) => [fact, tone, text]);

describe('what a screen says of itself', () => {
  it('is silent about what is well', () => {
    expect(facts({ disk: { freeBytes: 50e9, totalBytes: 100e9 }, board: { celsius: 50, throttled: false }, incidents: { start: 1 }, startedAt: now })).toEqual(
      [],
    );
  });

  it('fault 7: says of an LED that nobody knows whether its wall is lit', () => {
    expect(facts({ wall: 'unknown' })).toEqual([['wall', 'quiet', expect.stringMatching(/^Chưa biết bảng LED/)]]);
  });

  it('fault 9: says how hot the box is, and what to look at', () => {
    expect(facts({ board: { celsius: 81.6, throttled: true } })).toEqual([
      ['heat', 'bad', 'Máy nóng 82 °C; kiểm tra quạt và tủ máy hôm nay.'],
      ['throttled', 'busy', 'Máy đang chạy chậm lại vì nóng hoặc nguồn yếu; kiểm tra nguồn và quạt.'],
    ]);
  });

  it('fault 70, fault 71: says which size the screen reports and which it needs', () => {
    expect(facts({ viewport: { width: 960, height: 576 } })).toEqual([
      ['size', 'bad', 'Màn hình báo 960×576, cần 970×576: hình bị cắt và lượt phát chưa được tính. Kiểm tra cáp và độ phân giải.'],
    ]);
  });

  it('sums up the last time without the server', () => {
    const counts = { outage: 2, start: 1, quarantine: 3 };
    expect(facts({ offline: { since: now, until: now + 3_600_000, counts, worstFrameAgeMs: 4_400 } })).toEqual([
      [
        'offline',
        'quiet',
        'Lần mất kết nối gần nhất từ 10:00 ngày 24/11/2026 đến 11:00 ngày 24/11/2026: 2 lần rớt mạng, 1 lần khởi động, 3 mục bị loại, lâu nhất 4 giây không có hình.',
      ],
    ]);
  });

  it('names the worst first', () => {
    const order = facts({ wall: 'unknown', clock: { offsetMs: -90_000, trusted: true }, unseen: { reason: '<div> lies over the stage', since: now } });
    expect(order.map(([fact]) => fact)).toEqual(['unseen', 'clock', 'wall']);
    expect(order[0]?.[2]).toContain('có cửa sổ khác nằm đè lên hình');
  });
});

it('says a player’s usual reasons in Vietnamese, and an unknown one as it came', () => {
  expect(reasonText('the video has no picture', 'vi')).toMatch(/^video chỉ có tiếng/);
  expect(reasonText('the video has no picture', 'en')).toBe('the video has no picture');
  expect(reasonText('something new', 'vi')).toBe('something new');
});
