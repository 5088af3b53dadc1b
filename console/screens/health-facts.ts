// What a screen says of itself, in one plain sentence a fact: what, since when, what to do. Nothing is said of what is well.
import type { ScreenView } from '../../core/screen-api.ts';
import type { HealthReport } from '../../core/health.ts';
import { outputSize } from '../../core/profile.ts';
import { formatCount, formatMoment } from '../../core/vietnamese.ts';
import type { Language } from '../../core/primitives.ts';
import { officeZone } from '../ages.ts';
import type { Say } from '../messages.ts';
import type { Tone } from './condition.ts';
import { reasonText } from '../../core/reason-words.ts';

export interface HealthFact {
  readonly id: 'unseen' | 'frames' | 'size' | 'disk' | 'heat' | 'throttled' | 'clock' | 'wall' | 'incidents' | 'offline';
  readonly tone: Tone;
  readonly text: string;
}

type Words = (health: HealthReport, screen: ScreenView, say: Say, language: Language) => { readonly tone: Tone; readonly text: string } | undefined;

/** From here on a box is too hot for long, degrees Celsius. */
const hotCelsius = 75;
/** Room on the disk at which people are warned, as a share of it. */
const leastFreeShare = 0.2;
/** Clocks that are further apart are told of. */
const driftMs = 60_000;
/** Frames that may come late before anybody needs to know. */
const manyDropped = 500;

const moment = (instant: number, language: Language) => formatMoment(instant, officeZone, language);
const gigabytes = (bytes: number, language: Language) => formatCount(Math.round(bytes / 1e9), language);

const words: Readonly<Record<HealthFact['id'], Words>> = {
  unseen: ({ unseen }, _screen, say, language) =>
    unseen && { tone: 'bad', text: say('health.unseen', { moment: moment(unseen.since, language), reason: reasonText(unseen.reason, language) }) },
  frames: ({ droppedFrames = 0 }, _screen, say, language) =>
    droppedFrames > manyDropped ? { tone: 'busy', text: say('health.frames', { count: formatCount(droppedFrames, language) }) } : undefined,
  size({ viewport }, { profile }, say) {
    const needed = outputSize(profile);
    if (viewport.width >= needed.width && viewport.height >= needed.height) return undefined;
    return { tone: 'bad', text: say('health.size', { found: `${viewport.width}×${viewport.height}`, needed: `${needed.width}×${needed.height}` }) };
  },
  disk({ disk }, _screen, say, language) {
    if (!disk || disk.freeBytes >= disk.totalBytes * leastFreeShare) return undefined;
    return { tone: 'busy', text: say('health.disk', { free: gigabytes(disk.freeBytes, language), total: gigabytes(disk.totalBytes, language) }) };
  },
  heat({ board }, _screen, say, language) {
    const celsius = board?.celsius ?? null;
    return celsius === null || celsius < hotCelsius
      ? undefined
      : { tone: 'bad', text: say('health.heat', { degrees: formatCount(Math.round(celsius), language) }) };
  },
  throttled: ({ board }, _screen, say) => (board?.throttled ? { tone: 'busy', text: say('health.throttled') } : undefined),
  clock({ clock }, _screen, say, language) {
    if (!clock.trusted) return { tone: 'bad', text: say('health.clockUntrusted') };
    if (Math.abs(clock.offsetMs) < driftMs) return undefined;
    return { tone: 'busy', text: say('health.clockDrift', { seconds: formatCount(Math.round(Math.abs(clock.offsetMs) / 1_000), language) }) };
  },
  wall: ({ wall }, _screen, say) => (wall === 'unknown' ? { tone: 'quiet', text: say('health.wallUnknown') } : undefined),
  incidents({ incidents = {}, startedAt }, _screen, say, language) {
    const falls = (incidents['page-reload'] ?? 0) + (incidents['browser-restart'] ?? 0);
    if (falls === 0 || startedAt === undefined) return undefined;
    return { tone: 'busy', text: say('health.incidents', { count: formatCount(falls, language), moment: moment(startedAt, language) }) };
  },
  offline({ offline }, _screen, say, language) {
    if (!offline) return undefined;
    const { since, until, counts, worstFrameAgeMs } = offline;
    const slots = {
      ...{ since: moment(since, language), until: moment(until, language), outages: counts.outage ?? 1, starts: counts.start ?? 0 },
      ...{ quarantines: counts.quarantine ?? 0, seconds: formatCount(Math.round(worstFrameAgeMs / 1_000), language) },
    };
    return { tone: 'quiet', text: say('health.offline', slots) };
  },
};

/** Everything that somebody should know, the worst first. */
export function healthFacts(screen: ScreenView, say: Say, language: Language): HealthFact[] {
  const { health } = screen;
  if (!health) return [];
  const order: readonly Tone[] = ['bad', 'busy', 'good', 'quiet'];
  const facts = (Object.keys(words) as HealthFact['id'][]).flatMap((id) => {
    const said = words[id](health, screen, say, language);
    return said ? [{ id, ...said }] : [];
  });
  return facts.sort((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone));
}
