// Whether a playlist fits into the air time that its layers are guaranteed: a turn longer than that of an hour never comes as it should; a long turn leaves others short in some hours; a long round comes seldom.
import { leastSecondsOfShare, roundSeconds, secondsOfShare } from '../../core/layers.ts';
import type { Item } from '../../core/playlist.ts';
import type { PublishCheck } from '../../core/publish-checks.ts';
import type { Channel } from '../channels/channel-store.ts';

/** From here on it is said how far apart the turns of an item are. */
const seldomMinutes = 60;

const text = (value: number, locale: string) => Math.round(value).toLocaleString(locale);

/** A layer that may be left with less than this part of what it is guaranteed is worth a word. */
const shortPart = 0.5;

/** The layer that the longest turn of a playlist may leave shortest, if any is short. */
function leftShort(items: readonly Item[], { name, layers }: Pick<Channel, 'name' | 'layers'>): PublishCheck[] {
  const [longest] = items.toSorted((a, b) => b.seconds - a.seconds);
  const [least] = layers.toSorted((a, b) => a.share - b.share);
  if (!longest || !least) return [];
  const given = secondsOfShare(least.share);
  const left = leastSecondsOfShare(least.share, layers.length, longest.seconds);
  if (left >= given * shortPart) return [];
  const words = {
    vi: `Mục “${longest.name}” dài ${text(longest.seconds, 'vi-VN')} giây: trên kênh “${name}”, phần nhỏ nhất được ${text(given, 'vi-VN')} giây mỗi giờ, nhưng có giờ chỉ còn ${text(left, 'vi-VN')} giây. Chia mục thành các lượt ngắn hơn nếu giờ nào cũng phải đủ.`,
    en: `“${longest.name}” lasts ${text(longest.seconds, 'en-GB')} s: the smallest part of the channel “${name}” is ${text(given, 'en-GB')} s an hour, but in some hours only ${text(left, 'en-GB')} s may be left. Make the item shorter where every hour has to be full.`,
  };
  return [{ kind: 'air-time', severity: 'warning', item: longest.id, words }];
}

export function airTimeChecks(playlist: string, items: readonly Item[], channels: readonly Pick<Channel, 'name' | 'layers'>[]): PublishCheck[] {
  const shared = channels.filter(({ layers }) => layers.length > 1);
  return shared.flatMap(({ name, layers }): PublishCheck[] => {
    const seconds = secondsOfShare(layers.find((layer) => layer.playlist === playlist)?.share ?? 0);
    const long = items
      .filter((item) => item.seconds > seconds)
      .map((item): PublishCheck => {
        const words = {
          vi: `Mục “${item.name}” dài ${text(item.seconds, 'vi-VN')} giây, nhưng danh sách này chỉ có ${text(seconds, 'vi-VN')} giây mỗi giờ trên kênh “${name}”. Rút ngắn mục, hoặc xin thêm thời lượng ở trang Kênh.`,
          en: `“${item.name}” lasts ${text(item.seconds, 'en-GB')} s, but this playlist has ${text(seconds, 'en-GB')} s of each hour on the channel “${name}”. Make it shorter, or ask for more air time on the page of channels.`,
        };
        return { kind: 'air-time', severity: 'error', item: item.id, words };
      });
    const round = roundSeconds(items);
    const minutes = (round / seconds) * 60;
    if (long.length > 0) return long;
    const short = leftShort(items, { name, layers });
    if (minutes <= seldomMinutes) return short;
    const words = {
      vi: `Trên kênh “${name}” một vòng của danh sách này cần ${text(round, 'vi-VN')} giây, mỗi giờ có ${text(seconds, 'vi-VN')} giây: mỗi mục lên lại sau khoảng ${text(minutes, 'vi-VN')} phút.`,
      en: `On the channel “${name}” one round of this playlist takes ${text(round, 'en-GB')} s of the ${text(seconds, 'en-GB')} s in each hour: an item comes again after about ${text(minutes, 'en-GB')} minutes.`,
    };
    return [...short, { kind: 'air-time', severity: 'warning', words }];
  });
}
