// Items that nobody would ever see, because their windows and the hours of a screen never meet; and those with more windows than a player takes.
import type { Campaign } from '../../core/campaign.ts';
import { nextActive, nextActiveTogether } from '../../core/next-active.ts';
import { datedWindows } from '../../core/phases.ts';
import type { Item } from '../../core/playlist.ts';
import type { PublishCheck } from '../../core/publish-checks.ts';
import { maxWindows } from '../../core/schedule.ts';
import type { Screen } from '../screens/screen-store.ts';

type Facts = Pick<Screen, 'name' | 'hours'>;

/** Screens with the same hours are looked at once. */
function byHours(screens: readonly Facts[]): { hours: Facts['hours']; names: string[] }[] {
  const groups = new Map<string, { hours: Facts['hours']; names: string[] }>();
  for (const { name, hours } of screens) {
    const group = groups.get(JSON.stringify(hours)) ?? { hours, names: [] };
    group.names.push(name);
    groups.set(JSON.stringify(hours), group);
  }
  return [...groups.values()];
}

/** @param now epoch milliseconds; what is over by then is another check's */
export function hoursChecks(items: readonly Item[], screens: readonly Facts[], campaign: Campaign, now: number): PublishCheck[] {
  const { zone } = campaign;
  const groups = byHours(screens.filter(({ hours }) => hours.length > 0));
  return items.flatMap((item): PublishCheck[] => {
    const windows = datedWindows(item, campaign) ?? [];
    if (windows.length === 0 || nextActive(windows, now, zone) === undefined) return [];
    const dark = groups.flatMap(({ hours, names }) => (nextActiveTogether([windows, hours], now, zone) === undefined ? names : []));
    if (dark.length === 0) return [];
    const everywhere = dark.length === screens.length;
    const listed = dark.map((name) => `“${name}”`).join(', ');
    const words = everywhere
      ? {
          vi: `Mục “${item.name}” sẽ không ai thấy: lịch chiếu của mục nằm ngoài giờ hoạt động của mọi màn hình (${listed}). Sửa lịch chiếu của mục hoặc giờ của màn hình.`,
          en: `Nobody would ever see “${item.name}”: its schedule lies outside the hours of every screen (${listed}). Change its schedule, or their hours.`,
        }
      : {
          vi: `Mục “${item.name}” không bao giờ chiếu trên màn hình ${listed}: lịch chiếu của mục nằm ngoài giờ hoạt động ở đó.`,
          en: `“${item.name}” is never shown on ${listed}: its schedule lies outside the hours there.`,
        };
    return [{ kind: 'hours', severity: everywhere ? 'error' : 'warning', item: item.id, screens: dark, words }];
  });
}

/** More times than a player takes, once phases and holidays have become dates. */
export function windowCountChecks(items: readonly Item[], campaign: Pick<Campaign, 'period' | 'closedOn'>): PublishCheck[] {
  return items.flatMap((item): PublishCheck[] => {
    const count = datedWindows(item, campaign)?.length ?? 0;
    if (count <= maxWindows) return [];
    const words = {
      vi: `Mục “${item.name}” thành ${count} khung giờ khi tính cả ngày lễ và giai đoạn; màn hình chỉ nhận ${maxWindows}. Bỏ bớt khung giờ hoặc ngày lễ.`,
      en: `“${item.name}” becomes ${count} times with its holidays and phases; a screen takes ${maxWindows}. Give it fewer hours or holidays.`,
    };
    return [{ kind: 'hours', severity: 'error', item: item.id, words }];
  });
}
