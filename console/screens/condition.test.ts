import { describe, expect, it } from 'vitest';
import { screenConditions, screenViewSchema, type ScreenView } from '../../core/screen-api.ts';
import { textOf, type Say } from '../messages.ts';
import { manifestMatch, showingText, toneOf, whyText } from './condition.ts';

const vi: Say = (key, ...slots) => textOf('vi', key, ...slots);
const now = 1_730_000_000_000;
const published = 'a'.repeat(64);
const other = 'b'.repeat(64);
const id = '3e0f5a4c-8f9d-4f5e-9d5c-2a1b3c4d5e6f';

const health = {
  at: now,
  state: 'playing',
  shows: null,
  shouldShow: null,
  lastFrameAt: now - 1_000,
  manifest: { playing: published, accepted: 4 },
  snapshot: 1,
  memory: { pageHeapBytes: null, playerRssBytes: 1 },
  clock: { offsetMs: 0, trusted: true },
  journal: { chain: id, last: 0, pending: 0 },
  quarantined: [],
  viewport: { width: 960, height: 576 },
  player: '0.1.0',
  shell: 'chromium',
};
const reporting = (more: object) => ({ ...health, ...more });

function screen(more: object = {}): ScreenView {
  return screenViewSchema.parse({
    id,
    number: 7,
    name: 'LED nút giao',
    place: '',
    unit: null,
    trial: true,
    profile: {
      kind: 'led',
      viewport: { x: 0, y: 0, width: 960, height: 576 },
      pitchMm: 10,
      distanceM: { near: 15, far: 60 },
      audience: 'traffic',
      touch: false,
      sound: false,
    },
    channel: 'street',
    channelOfRules: 'street',
    playlist: 'street',
    playlists: ['street'],
    condition: 'correct',
    connected: true,
    lastSeenAt: now,
    manifest: { sha256: published, version: 4 },
    health,
    showing: null,
    warnings: [],
    capture: null,
    plays: 0,
    hours: [],
    contact: '',
    operator: '',
    tags: [],
    revision: 1,
    ...more,
  });
}

describe('what a screen plays against what was published', () => {
  it('matches by the whole hash', () => {
    expect(manifestMatch(screen())).toEqual({ kind: 'match', playing: published, version: 4 });
    expect(manifestMatch(screen({ health: reporting({ manifest: { playing: other, accepted: 4 } }) }))).toEqual({
      kind: 'mismatch',
      playing: other,
      version: 4,
    });
  });

  it('knows the factory playlist, a channel without a publish, and a screen that has not reported', () => {
    expect(manifestMatch(screen({ health: reporting({ manifest: { playing: 'factory', accepted: 0 } }) })).kind).toBe('factory');
    expect(manifestMatch(screen({ manifest: null })).kind).toBe('unpublished');
    expect(manifestMatch(screen({ health: null })).kind).toBe('unknown');
  });
});

describe('what a screen shows', () => {
  it('has the name of the item, the number of the order in its place, or nothing yet', () => {
    const shows = (item: string) => reporting({ shows: { item, scene: 'message', turn: item, manifest: published, since: now } });
    expect(showingText(screen({ showing: 'Quét mã' }), vi)).toBe('Quét mã');
    expect(showingText(screen({ showing: 'stop-12', health: shows('stop-12') }), vi)).toBe('Lệnh số 12');
    expect(showingText(screen(), vi)).toBe('Chưa có khung hình');
  });
});

describe('why a screen is in its condition', () => {
  it('says something for every condition', () => {
    for (const condition of screenConditions) expect(whyText(screen({ condition }), now, vi)).not.toBe('');
  });

  it('gives the player’s own reason first', () => {
    const wrong = screen({ condition: 'wrong', health: reporting({ manifest: { playing: other, accepted: 4, reason: 'thiếu tệp' } }) });
    expect(whyText(wrong, now, vi)).toBe('Chưa chiếu được bản đã phát hành: thiếu tệp');
  });

  it('names the approvers that are waited for before what the player says of the refusal', () => {
    const wrong = (more: object) => screen({ condition: 'wrong', awaits: 2, health: reporting(more) });
    const refused = wrong({ manifest: { playing: 'factory', accepted: 0, reason: 'bad-signature: too few approvers have signed this manifest' } });
    expect(whyText(refused, now, vi)).toContain('Chờ 2 người duyệt ký nội dung của kênh');
    // What played before approvers were named plays on: something else is wrong with it.
    expect(whyText(wrong({ lastFrameAt: null }), now, vi)).toBe('Đã lâu không có khung hình mới.');
  });

  it('tells the factory playlist, another version and a frozen picture apart', () => {
    const because = (more: object) => whyText(screen({ condition: 'wrong', health: reporting(more) }), now, vi);
    expect(because({ manifest: { playing: 'factory', accepted: 0 } })).toBe('Đang chiếu danh sách dự phòng có sẵn trong máy.');
    expect(because({ manifest: { playing: other, accepted: 4 } })).toBe('Đang chiếu một bản khác với bản đã phát hành.');
    expect(because({ lastFrameAt: now - 20_000 })).toBe('Đã lâu không có khung hình mới.');
    expect(because({ lastFrameAt: null })).toBe('Đã lâu không có khung hình mới.');
    expect(because({})).toBe('Mục đang chiếu không phải mục theo lịch.');
  });

  it('says since when a screen is lost, and that its box goes on', () => {
    expect(whyText(screen({ condition: 'lost', lastSeenAt: now - 600_000 }), now, vi)).toBe(
      'Liên lạc lần cuối: 10 phút trước. Thiết bị tự chiếu tiếp nội dung đã lưu.',
    );
    expect(whyText(screen({ condition: 'lost', lastSeenAt: null }), now, vi)).toBe('Chưa từng liên lạc sau khi ghép nối.');
  });
});

describe('the tone of a condition', () => {
  it('alarms for wrong and lost screens only', () => {
    expect(screenConditions.filter((condition) => toneOf(condition) === 'bad')).toEqual(['wrong', 'lost']);
  });
});
