// What an item says, has and when it runs, in words for whoever has to approve it without opening the scene.
import type { Item } from './playlist.ts';
import { formatLocalDate } from './vietnamese.ts';
import { spanOf, type Window } from './schedule.ts';

export interface Words {
  readonly vi: string;
  readonly en: string;
}

/** What the parts of a scene are called; others keep their own name. */
const parts: Readonly<Record<string, Words>> = {
  heading: { vi: 'tiêu đề', en: 'heading' },
  title: { vi: 'tiêu đề', en: 'title' },
  kicker: { vi: 'dòng trên', en: 'line above' },
  body: { vi: 'nội dung', en: 'text' },
  lead: { vi: 'câu dẫn', en: 'lead' },
  call: { vi: 'lời mời', en: 'call' },
  steps: { vi: 'bước', en: 'step' },
  note: { vi: 'ghi chú', en: 'note' },
  view: { vi: 'kiểu bảng', en: 'view' },
  word: { vi: 'chữ', en: 'word' },
  phrases: { vi: 'câu', en: 'phrase' },
  pages: { vi: 'trang', en: 'page' },
  until: { vi: 'đến ngày', en: 'until' },
  alt: { vi: 'lời mô tả', en: 'description' },
  caption: { vi: 'chú thích', en: 'caption' },
  captions: { vi: 'tệp phụ đề', en: 'captions' },
  media: { vi: 'tệp', en: 'file' },
  poster: { vi: 'ảnh bìa', en: 'poster' },
  fit: { vi: 'cách đặt ảnh', en: 'fit' },
  vi: { vi: 'tiếng Việt', en: 'Vietnamese' },
  en: { vi: 'tiếng Anh', en: 'English' },
};

/** `steps.0.vi` as "bước 1 (tiếng Việt)". */
export function partWords(path: string): Words {
  const words = path
    .split('.')
    .map((part): Words => parts[part] ?? (/^[0-9]+$/.test(part) ? { vi: String(Number(part) + 1), en: String(Number(part) + 1) } : { vi: part, en: part }));
  const last = path.split('.').at(-1);
  const text = (language: keyof Words) => {
    const named = words.map((part) => part[language]);
    return last === 'vi' || last === 'en' ? `${named.slice(0, -1).join(' ')} (${named.at(-1)})` : named.join(' ');
  };
  return { vi: text('vi'), en: text('en') };
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
  const said = [...flatProps(props)].map(([path, value]): Words => ({ vi: `${partWords(path).vi}: ${value}`, en: `${partWords(path).en}: ${value}` }));
  return [{ vi: `${scene}, ${seconds} giây, ${when.vi}`, en: `${scene}, ${seconds} s, ${when.en}` }, ...said];
}
