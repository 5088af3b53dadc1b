// What state a screen is in, judged by what it really shows and never by being connected alone.
import type { ScreenCondition } from '../../core/screen-api.ts';
import type { OrderedCover } from '../../core/cover.ts';
import type { HealthReport } from '../../core/health.ts';
import { isActive, type Window } from '../../core/schedule.ts';

/** A player reports several times a minute; without a report for this long nobody knows what is on screen. */
export const reportLostMs = 90_000;
/** A page draws a frame a second at least. */
export const frameLostMs = 15_000;
/** A screen that is still dark this long after its hours began is a fault. */
export const openingMs = 600_000;
/** An order reaches a connected screen within a second; a report of it may take a little. */
export const obeyMs = 20_000;
/** How long fetching new content, or starting, may take before it counts as wrong. */
export const updatingMs = 120_000;

export interface ScreenFacts {
  readonly state: 'active' | 'revoked';
  readonly paired: boolean;
  readonly hours: readonly Window[];
  readonly zone: string;
  /** Since when it is connected. */
  readonly connectedAt: number | undefined;
  readonly health: { readonly report: HealthReport; readonly at: number } | undefined;
  /** What its channel should play, and since when. */
  readonly manifest: { readonly sha256: string; readonly issuedAt: number } | null;
  /** What should lie over its programme, and when an order was last given or ended. */
  readonly cover: OrderedCover | null;
  readonly orderedAt: number;
  /** Items that the programme has around an instant. */
  readonly itemsAround: (instant: number) => readonly (string | undefined)[];
}

function showsRight({ shows, shouldShow, at, quarantined }: HealthReport, manifest: string, itemsAround: ScreenFacts['itemsAround']): boolean {
  if (!shows || shows.manifest !== manifest) return false;
  if (itemsAround(at).includes(shows.item)) return true;
  // A substitute by rule (figures gone stale, say) is right; one for something broken is not.
  return quarantined.length === 0 && shouldShow?.item === shows.item;
}

/** Name of what the report says to lie over the programme; another stop than the expected one stops the screen as well. */
function coverOfReport({ state, shows, shouldShow }: HealthReport): string | null {
  if (state === 'off') return 'off';
  return state === 'stopped' || state === 'solemn' || state === 'alert' ? (shows?.item ?? shouldShow?.item ?? state) : null;
}

export function conditionOf(facts: ScreenFacts, now: number): ScreenCondition {
  const { state, paired, hours, zone, connectedAt, health, manifest, cover } = facts;
  if (state === 'revoked') return 'revoked';
  if (!paired) return 'unpaired';
  if (cover?.state === 'off') return 'off';
  const opening = hours.length > 0 && !isActive(hours, now - openingMs, zone);
  if (connectedAt === undefined) return opening ? 'updating' : 'lost';
  const starting = now - connectedAt < updatingMs;
  if (!health || now - health.at > reportLostMs) return starting && !health ? 'updating' : 'lost';
  const { report } = health;
  if (coverOfReport(report) !== (cover?.item ?? null)) {
    const fresh = starting || now - facts.orderedAt < obeyMs || (report.state === 'off' && opening);
    return fresh ? 'updating' : 'wrong';
  }
  if (cover) return report.lastFrameAt === null || report.at - report.lastFrameAt > frameLostMs ? 'wrong' : cover.state;
  if (!manifest) return 'wrong';
  if (report.manifest.playing !== manifest.sha256) {
    const fresh = starting || now - manifest.issuedAt < updatingMs;
    return fresh && report.manifest.reason === undefined ? 'updating' : 'wrong';
  }
  if (report.lastFrameAt === null || report.at - report.lastFrameAt > frameLostMs) return starting ? 'updating' : 'wrong';
  // Not the content that people should see, but on its way back to it.
  if (report.state === 'test') return 'updating';
  if (showsRight(report, manifest.sha256, facts.itemsAround)) return 'correct';
  return starting || now - manifest.issuedAt < updatingMs ? 'updating' : 'wrong';
}
