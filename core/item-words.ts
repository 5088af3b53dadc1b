// What an item says, has and when it runs, in words for whoever has to approve it without opening the scene.
import type { Item } from './playlist.ts';
import { formatLocalDate } from './vietnamese.ts';
import { spanOf, type Window } from './schedule.ts';

export interface Words {
  readonly vi: string;
  readonly en: string;
}

/** Files are known by their hash; the beginning of it is enough to see that another one stands there. */
const hash = /^[0-9a-f]{64}$/;
const shownHash = 12;

function valueText(value: unknown): string {
  if (typeof value === 'string') return hash.test(value) ? value.slice(0, shownHash) : `“${value}”`;
  return JSON.stringify(value);
}

/** Props by their path, such as `heading.vi`, in the order of the path. */
export function flatProps(props: Readonly<Record<string, unknown>>, under = ''): Map<string, string> {
  const entries = Object.entries(props)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]): [string, string][] => {
      const path = `${under}${key}`;
      return typeof value === 'object' && value !== null ? [...flatProps({ ...value }, `${path}.`)] : value === undefined ? [] : [[path, valueText(value)]];
    });
  return new Map(entries);
}

const days = [
  { vi: 'thứ Hai', en: 'Mon' },
  { vi: 'thứ Ba', en: 'Tue' },
  { vi: 'thứ Tư', en: 'Wed' },
  { vi: 'thứ Năm', en: 'Thu' },
  { vi: 'thứ Sáu', en: 'Fri' },
  { vi: 'thứ Bảy', en: 'Sat' },
  { vi: 'Chủ nhật', en: 'Sun' },
] as const;

function oneWindow(window: Window): Words {
  const { days: on = [], from = '00:00', until = '24:00', startDate, endDate } = window;
  const named = [...on].sort((a, b) => a - b).flatMap((day) => days[day - 1] ?? []);
  const hours = `${from}–${until}`;
  const nextDay = spanOf(window).until > 24 * 60;
  const text = (language: keyof Words): string =>
    [
      named.length === 0 ? { vi: 'hằng ngày', en: 'every day' }[language] : named.map((day) => day[language]).join(', '),
      nextDay ? `${hours} ${{ vi: 'hôm sau', en: 'the next day' }[language]}` : hours,
      ...(startDate === undefined ? [] : [`${{ vi: 'từ', en: 'from' }[language]} ${formatLocalDate(startDate)}`]),
      ...(endDate === undefined ? [] : [`${{ vi: 'đến hết', en: 'to' }[language]} ${formatLocalDate(endDate)}`]),
    ].join(' ');
  return { vi: text('vi'), en: text('en') };
}

export function windowWords(windows: readonly Window[]): Words {
  if (windows.length === 0) return { vi: 'mọi lúc', en: 'always' };
  const each = windows.map(oneWindow);
  return { vi: each.map(({ vi }) => vi).join('; '), en: each.map(({ en }) => en).join('; ') };
}

/** All that a new item brings: its seconds, its hours, and every word and file of it. */
export function wordsOf({ scene, props, seconds, windows }: Pick<Item, 'scene' | 'props' | 'seconds' | 'windows'>): Words[] {
  const when = windowWords(windows);
  const said = [...flatProps(props)].map(([path, value]): Words => ({ vi: `${path}: ${value}`, en: `${path}: ${value}` }));
  return [{ vi: `${scene}, ${seconds} giây, ${when.vi}`, en: `${scene}, ${seconds} s, ${when.en}` }, ...said];
}
