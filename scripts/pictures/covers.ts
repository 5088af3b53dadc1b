// What may lie over a programme, as an office would word it.
import type { Cover } from '../../core/cover.ts';
import { alertTemplates, fillTemplate } from '../../core/alert-templates.ts';

const issuedAt = Date.parse('2024-11-21T09:55:00+07:00');
const hour = 3_600_000;

function alert(drill: boolean): Cover {
  const template = alertTemplates.flood;
  const { event, headline, instruction, priority } = fillTemplate(template, { road: 'Nguyễn Trãi', from: 'Ngã Tư Sở', to: 'cầu Trắng' }, drill);
  const words = { event, headline, instruction, area: { vi: 'Phường Khương Đình', en: 'Khương Đình ward' }, speaker: { vi: 'UBND thành phố Hà Nội' } };
  return { state: 'alert', item: 'alert-12', drill, priority, ...words, issuedAt, expiresAt: issuedAt + 3 * hour, remainingMs: 2 * hour };
}

export const covers = {
  stopped: { state: 'stopped', item: 'stop-11' },
  paused: { state: 'stopped', item: 'stop-13', until: Date.parse('2024-11-22T17:30:00+07:00'), remainingMs: 31 * hour },
  solemn: { state: 'solemn', item: 'solemn-9', occasion: { vi: 'Quốc tang', en: 'National mourning' }, from: '2024-11-21', until: '2024-11-22' },
  'solemn-long': {
    ...{ state: 'solemn', item: 'solemn-10' },
    occasion: { vi: 'Tưởng niệm các nạn nhân tử vong do mưa bão, lũ lụt' },
    ...{ from: '2024-11-21', until: '2024-11-21' },
  },
  alert: alert(false),
  drill: alert(true),
  test: {
    state: 'test',
    item: 'test-card',
    number: 12,
    name: 'Bộ phận Một cửa phường Ba Đình',
    endsAt: Date.parse('2024-11-21T10:02:00+07:00'),
    remainingMs: 120_000,
  },
  off: { state: 'off' },
} as const satisfies Record<string, Cover>;

export type CoverName = keyof typeof covers;
export const coverNames = Object.keys(covers) as CoverName[];
