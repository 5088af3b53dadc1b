// What a player may show only while it believes a clock: items with windows, and the scene that tells the time.
import { isActive } from '../core/schedule.ts';
import type { Entry } from './content.ts';
import type { ServerClock } from './server-clock.ts';

const untrusted = 'the clock is not trusted';

/** Why an entry cannot be shown in `[start, end)`; `undefined` when the clock allows it. */
export function clockReason({ item, scene }: Entry, start: number, end: number, zone: string, clock: ServerClock): string | undefined {
  // People set their watches by it: the server's signed word of this run, nothing less.
  if (scene?.scene === 'clock' && !clock.trusted()) return untrusted;
  if (item.windows.length === 0) return undefined;
  if (!clock.plausible()) return untrusted;
  return isActive(item.windows, start, zone) && isActive(item.windows, end - 1, zone) ? undefined : 'not scheduled';
}
