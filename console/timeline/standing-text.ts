// Times of turns, and why an item is on or not, as sentences.
import type { ItemStanding, ProgrammeTurn, Stretch } from '../../core/programme-api.ts';
import type { Language } from '../../core/primitives.ts';
import { reasonText } from '../../core/reason-words.ts';
import { formatMoment } from '../../core/vietnamese.ts';
import type { Say } from '../messages.ts';
import { windowsText } from '../playlists/window-words.ts';

/** "18:00:10" by the clock in a zone. */
export function clockText(instant: number, zone: string): string {
  return new Date(instant).toLocaleTimeString('sv-SE', { timeZone: zone });
}

const dayText = (instant: number, zone: string) => new Date(instant).toLocaleDateString('sv-SE', { timeZone: zone });

/** With its date where that is another one than at the instant that is looked at. */
export function timeText(instant: number, seenFrom: number, zone: string, language: Language): string {
  return dayText(instant, zone) === dayText(seenFrom, zone) ? clockText(instant, zone) : formatMoment(instant, zone, language);
}

export interface Seen {
  readonly at: number;
  readonly zone: string;
  readonly language: Language;
}

export function standingText({ standing, nextAt, windows, detail }: ItemStanding, { at, zone, language }: Seen, say: Say): string {
  const time = nextAt === null ? '' : timeText(nextAt, at, zone, language);
  if (standing === 'waits') return nextAt === null ? say('standing.waitsLong') : say('standing.waits', { time });
  if (standing === 'later') return say('standing.later', { windows: windowsText(windows, say), time });
  if (standing === 'ended') return say('standing.ended', { windows: windowsText(windows, say) });
  if (standing === 'quarantined') return say('standing.quarantined', { detail: reasonText(detail ?? '', language) });
  return say(`standing.${standing}`);
}

/** What lies over the programme of a screen. */
export function coverText({ state, order }: NonNullable<Stretch['cover']>, say: Say): string {
  return state === 'off' ? say('timeline.cover.off') : say(`timeline.cover.${state}`, { order: order ?? '?' });
}

/** Why another item stands in for a planned one, where that is known beforehand. */
export function troubleText(trouble: NonNullable<ProgrammeTurn['trouble']>, say: Say): string {
  if (trouble === 'later' || trouble === 'ended') throw new Error(`a planned turn is never ${trouble}`);
  return say(`standing.${trouble}`);
}
