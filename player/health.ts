// The player's report on itself, put together from what its parts know.
import type { HealthReport, PageState } from '../core/health.ts';
import type { BoxFacts } from './box-facts.ts';
import type { Cover, CoverState } from '../core/cover.ts';
import { orderItem } from '../core/orders.ts';
import type { Profile } from '../core/profile.ts';
import type { Holdings } from './holdings.ts';
import type { Incidents } from './incidents.ts';
import type { Journal } from './journal.ts';
import { keptFrom } from './plan-maker.ts';
import type { Shelter } from './page-falls.ts';
import type { Orders } from './orders.ts';
import type { Playout } from './playout.ts';
import type { Quarantine } from './quarantine.ts';
import type { ServerClock } from './server-clock.ts';
import type { Warnings } from './warnings.ts';

/** What the page proved last. */
export interface PageFacts {
  readonly shows: HealthReport['shows'];
  /** The cover that the page proved to show. */
  readonly covered: CoverState | null;
  readonly lastFrameAt: number | null;
  readonly heapBytes: number | null;
  readonly viewport: { readonly width: number; readonly height: number } | undefined;
  /** Monotonic time of the last frame that counts: drawn, of the planned turn, with nothing over it. */
  readonly seenMonoMs: number | undefined;
  readonly unseen: HealthReport['unseen'];
  readonly droppedFrames: number | undefined;
}

export interface HealthSources {
  readonly warnings: Warnings;
  readonly holdings: Holdings;
  readonly orders: Orders;
  readonly cover: Cover | null;
  readonly playout: Playout;
  readonly quarantine: Quarantine;
  readonly serverClock: ServerClock;
  readonly journal: Journal;
  readonly page: PageFacts;
  readonly profile: Profile;
  readonly version: string;
  readonly shell: string;
  readonly box: BoxFacts;
  /** What all media files together may take. */
  readonly budgetBytes: number;
  readonly incidents: Incidents;
  readonly shelter: Shelter | undefined;
  readonly startedAt: number;
}

const shelterReasons: Readonly<Record<Shelter, string>> = {
  factory: 'the page kept falling, so the factory playlist plays for half an hour',
  card: 'the page kept falling, so only the card that needs no file is shown for half an hour',
};

export function stateOf(holdings: Holdings, { shows, covered }: Pick<PageFacts, 'shows' | 'covered'>): PageState {
  if (holdings.assignment?.document.state === 'revoked') return 'revoked';
  return covered ?? (shows ? 'playing' : 'booting');
}

/** A stop is obeyed by whichever stop is shown, and by a screen out of service; another order only when it is shown itself. */
function ordersOf({ orders, page, holdings }: HealthSources): NonNullable<HealthReport['orders']> {
  const isStopped = stateOf(holdings, page) === 'revoked' || page.covered === 'stopped';
  const isObeyed = (order: Parameters<typeof orderItem>[0]) => (order.kind === 'stop' ? isStopped : page.shows?.item === orderItem(order));
  return orders.inForce().map(({ order, ref }) => ({ ...ref, obeyed: isObeyed(order) }));
}

function shouldShow({ playout, cover }: HealthSources, at: number): HealthReport['shouldShow'] {
  if (cover?.state === 'off') return null;
  const due = playout.turnAt(at);
  if (cover) return { item: cover.item, turn: due?.id ?? '' };
  return due ? { item: due.item, turn: due.id } : null;
}

/** Items of the current plan that do not show although they should; what is left out by rule is as it should be. */
function notShown({ playout, quarantine, serverClock, profile }: HealthSources): HealthReport['quarantined'] {
  const listed = new Map(quarantine.patients.map(({ item, reason, since }) => [item, { item, reason, since }]));
  const made = playout.current;
  const isByRule = (item: string) => {
    const entry = made?.entryOf(item);
    return entry !== undefined && keptFrom(profile, entry, made?.content.campaign.tree) !== undefined;
  };
  for (const { planned } of made?.plan.turns ?? []) {
    if (planned && !isByRule(planned.item) && !listed.has(planned.item)) listed.set(planned.item, { ...planned, since: serverClock.now() });
  }
  return [...listed.values()].slice(0, 100);
}

/** A machine's clock further off is told, though the screen goes by the server's. */
const clockOffMs = 60_000;

function warningsOf({ warnings, serverClock, holdings, playout }: HealthSources): NonNullable<HealthReport['warnings']> {
  const offsetMs = serverClock.offsetMs();
  warnings.hold('clock-untrusted', !serverClock.trusted());
  warnings.hold('clock-off', serverClock.trusted() && Math.abs(offsetMs) > clockOffMs, `${Math.round(offsetMs / 1_000)} s`);
  warnings.hold('out-of-date', holdings.manifest !== undefined && playout.current?.plan.manifest === 'factory');
  return warnings.list();
}

function journalOf({ chain, last, pending, anchor, unsaved }: Journal): HealthReport['journal'] {
  return { chain, last, pending, ...(anchor ? { anchor } : {}), ...(unsaved > 0 ? { unsaved } : {}) };
}

export function healthOf(sources: HealthSources): HealthReport {
  const { holdings, playout, serverClock, journal, page, profile, version, shell, box, budgetBytes, incidents, shelter, startedAt } = sources;
  const at = serverClock.now();
  const reason = shelter === undefined ? holdings.manifestReason : shelterReasons[shelter];
  const { viewport } = profile;
  return {
    at,
    state: stateOf(holdings, page),
    shows: page.shows,
    shouldShow: shouldShow(sources, at),
    lastFrameAt: page.lastFrameAt,
    manifest: { playing: playout.current?.plan.manifest ?? 'factory', accepted: holdings.accepted().manifest, ...(reason === undefined ? {} : { reason }) },
    snapshot: playout.board?.snapshot.number ?? 0,
    orders: ordersOf(sources),
    memory: { pageHeapBytes: page.heapBytes, playerRssBytes: process.memoryUsage.rss() },
    clock: { offsetMs: serverClock.offsetMs(), trusted: serverClock.trusted() },
    journal: journalOf(journal),
    quarantined: notShown(sources),
    warnings: warningsOf(sources),
    ...(page.unseen === undefined ? {} : { unseen: page.unseen }),
    ...(page.droppedFrames === undefined ? {} : { droppedFrames: page.droppedFrames }),
    disk: box.disk && { ...box.disk, budgetBytes },
    board: box.board,
    // A sender that tells of its wall is not built in: nobody here knows whether an LED is lit.
    ...(profile.kind === 'led' ? { wall: 'unknown' as const } : {}),
    ...{ startedAt, incidents: incidents.counts },
    ...(incidents.offline === undefined ? {} : { offline: incidents.offline }),
    viewport: page.viewport ?? { width: viewport.width, height: viewport.height },
    player: version.slice(0, 40),
    shell: shell.slice(0, 80),
  };
}
