// Files whose last day is over or near, items whose hours are over, and files that the server does not hold.
import type { Campaign } from '../../core/campaign.ts';
import { lastDayOf, lastDayOfWindows, type LastDays } from '../../core/expiry.ts';
import { contentOf, type Item } from '../../core/playlist.ts';
import type { PublishCheck } from '../../core/publish-checks.ts';
import { mediaOf } from '../../core/scenes.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';

type Names = ReadonlyMap<string, string>;

export interface ExpiryFacts {
  readonly campaign: Pick<Campaign, 'period'>;
  readonly lastDays: LastDays;
  /** In the campaign's zone. */
  readonly today: string;
  /** What files are called in the library. */
  readonly names: Names;
}

const filesOf = (item: Item) => {
  const content = contentOf(item);
  return content ? mediaOf(content) : [];
};

function expiryCheck(item: Item, { campaign, lastDays, today, names }: ExpiryFacts): PublishCheck[] {
  const day = lastDayOf(item, lastDays);
  const ends = lastDayOfWindows(item.windows);
  const about = { kind: 'expiry', item: item.id } as const;
  if (day !== undefined && day < today) {
    const file = filesOf(item).find((hash) => lastDays.get(hash) === day) ?? '';
    const [name, date] = [names.get(file) ?? item.name, formatLocalDate(day)];
    const words = {
      vi: `Mục “${item.name}”: tệp “${name}” chỉ được chiếu đến hết ${date}. Thay tệp, tắt mục này, hoặc gia hạn tệp trong Thư viện nếu đã được phép.`,
      en: `“${item.name}”: the file “${name}” may be shown until ${date} only. Put another in its place, switch the item off, or extend it in the library if that was allowed.`,
    };
    return [{ ...about, severity: 'error', words }];
  }
  if (ends !== undefined && ends < today) {
    const words = {
      vi: `Mục “${item.name}” hết lịch chiếu từ ${formatLocalDate(ends)} nên không lên màn hình nữa. Đặt ngày mới hoặc tắt mục.`,
      en: `The hours of “${item.name}” ended on ${formatLocalDate(ends)}, so it is shown no more. Give it new dates or switch it off.`,
    };
    return [{ ...about, severity: 'warning', words }];
  }
  const isNear = day !== undefined && day < campaign.period.endDate && (ends === undefined || day < ends);
  if (!isNear) return [];
  const words = {
    vi: `Mục “${item.name}” tự rời màn hình sau ngày ${formatLocalDate(day)}, khi tệp của nó hết hạn.`,
    en: `“${item.name}” leaves the screens after ${formatLocalDate(day)}, the last day of its file.`,
  };
  return [{ ...about, severity: 'warning', words }];
}

export function expiryChecks(items: readonly Item[], facts: ExpiryFacts): PublishCheck[] {
  const gone = items.filter((item) => {
    const ends = lastDayOfWindows(item.windows);
    return ends !== undefined && ends < facts.today;
  });
  const all = items.flatMap((item) => expiryCheck(item, facts));
  if (gone.length < items.length || items.length === 0) return all;
  const words = {
    vi: 'Mọi mục đang bật đều đã hết lịch chiếu nên màn hình sẽ không còn gì. Đặt ngày mới cho ít nhất một mục.',
    en: 'The hours of every item that is on have ended, so nothing would be left. Give at least one of them new dates.',
  };
  return [{ kind: 'expiry', severity: 'error', words }, ...all];
}

/** @param missing hashes of files that are not there whole */
export function fileChecks(items: readonly Item[], missing: ReadonlySet<string>, names: Names): PublishCheck[] {
  return items.flatMap((item) =>
    filesOf(item)
      .filter((hash) => missing.has(hash))
      .map((hash): PublishCheck => {
        const name = names.get(hash) ?? hash.slice(0, 12);
        const words = {
          vi: `Mục “${item.name}”: máy chủ không còn giữ trọn tệp “${name}”. Tải tệp lên lại trong Thư viện, hoặc thay tệp khác.`,
          en: `“${item.name}”: the server does not hold the file “${name}” whole. Upload it to the library again, or put another in its place.`,
        };
        return { kind: 'file', severity: 'error', item: item.id, words };
      }),
  );
}
