// What the content of one channel lacks in the coming day, whichever screen plays it.
import { boardTrouble, figuresLeaveAt } from '../../core/board-trouble.ts';
import { localDay } from '../../core/campaign.ts';
import { cutDay, dayAround } from '../../core/day-cuts.ts';
import { nextActive } from '../../core/next-active.ts';
import { contentOf, type Item } from '../../core/playlist.ts';
import type { OutlookFinding } from '../../core/programme-api.ts';
import { mediaOf } from '../../core/scenes.ts';
import type { Window } from '../../core/schedule.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { ProgrammeOfManifest } from '../manifests/programmes.ts';

export type ContentFinding = Omit<OutlookFinding, 'screens'>;
export interface Day {
  readonly from: number;
  readonly until: number;
}

const names = (items: readonly Item[]) => items.map(({ name }) => name);

/** The parts of a time in which windows hold, or for `[]` all of it. */
export function litParts(windows: readonly Window[], { from, until }: Day, zone: string): Day[] {
  if (windows.length === 0) return [{ from, until }];
  const parts: Day[] = [];
  for (let at = from; at < until;) {
    const day = dayAround(at, zone);
    for (const { start, end, active } of cutDay(day, zone, [{ windows }])) {
      if (active === '1' && end > from && start < until) parts.push({ from: Math.max(from, start), until: Math.min(until, end) });
    }
    at = day.end;
  }
  return parts;
}

/** Times in which nothing is scheduled. */
export function gapsOf({ compiled }: ProgrammeOfManifest, { from, until }: Day): Day[] {
  const gaps: Day[] = [];
  for (let at = from; at < until;) {
    const segments = compiled.segmentsAround(at);
    for (const { start, end, sequence } of segments) {
      if (!sequence && end > from && start < until) gaps.push({ from: Math.max(from, start), until: Math.min(until, end) });
    }
    at = segments.at(-1)?.end ?? until;
  }
  return gaps;
}

/** Items whose last window is over, and those whose last one ends on this day, with when. */
function endings({ items, manifest: { campaign } }: ProgrammeOfManifest, day: Day): ContentFinding[] {
  const windowed = [...items.values()].filter(({ windows }) => windows.length > 0);
  const expired = windowed.filter(({ windows }) => nextActive(windows, day.from, campaign.zone) === undefined);
  const expires = windowed.flatMap((item): ContentFinding[] => {
    if (expired.includes(item) || nextActive(item.windows, day.until, campaign.zone) !== undefined) return [];
    const last = litParts(item.windows, day, campaign.zone).at(-1);
    return last ? [{ kind: 'expires', from: last.until, until: null, items: [item.name] }] : [];
  });
  return expired.length === 0 ? expires : [{ kind: 'expired', from: day.from, until: null, items: names(expired) }, ...expires];
}

function expiredMedia({ items, manifest: { campaign } }: ProgrammeOfManifest, day: Day, expiresOn: ReadonlyMap<string, string>): ContentFinding[] {
  const last = localDay(day.until, campaign.zone);
  const gone = [...items.values()].filter((item) => {
    const content = contentOf(item);
    return content !== undefined && mediaOf(content).some((hash) => (expiresOn.get(hash) ?? last) < last);
  });
  return gone.length === 0 ? [] : [{ kind: 'media-expired', from: day.from, until: null, items: names(gone) }];
}

function figures({ items, manifest: { campaign } }: ProgrammeOfManifest, day: Day, snapshot: Snapshot | undefined, trial: boolean): ContentFinding[] {
  const boards = [...items.values()].filter(({ scene }) => scene === 'scoreboard');
  if (boards.length === 0) return [];
  if (boardTrouble(snapshot, campaign, trial, day.from)) return [{ kind: 'figures-missing', from: day.from, until: null, items: names(boards) }];
  const leave = snapshot ? figuresLeaveAt(snapshot, campaign) : day.until;
  return leave < day.until ? [{ kind: 'figures-leave', from: leave, until: null, items: names(boards) }] : [];
}

function links({ items, manifest: { campaign } }: ProgrammeOfManifest, { from }: Day): ContentFinding[] {
  const installs = [...items.values()].filter(({ scene }) => scene === 'install');
  const open = Object.values(campaign.links).some(({ url, confirmed }) => url !== '' && !confirmed);
  return installs.length > 0 && (open || !campaign.helpline.confirmed) ? [{ kind: 'link-unconfirmed', from, until: null, items: names(installs) }] : [];
}

function lastDay({ manifest: { campaign } }: ProgrammeOfManifest, day: Day): ContentFinding[] {
  const { zone, period } = campaign;
  const ends = localDay(day.from, zone) <= period.endDate && localDay(day.until, zone) > period.endDate;
  return ends ? [{ kind: 'campaign-over', from: dayAround(day.from, zone).end, until: null, items: [] }] : [];
}

export interface ContentFacts {
  readonly programme: ProgrammeOfManifest;
  /** Last day of each file that has one. */
  readonly expiresOn: ReadonlyMap<string, string>;
  readonly snapshot: Snapshot | undefined;
  readonly trial: boolean;
}

export function contentFindings({ programme, expiresOn, snapshot, trial }: ContentFacts, day: Day): ContentFinding[] {
  const ofContent = [...endings(programme, day), ...expiredMedia(programme, day, expiresOn), ...figures(programme, day, snapshot, trial)];
  // A trial's month rolls on by itself, and nobody has to confirm its links.
  return trial ? ofContent : [...ofContent, ...links(programme, day), ...lastDay(programme, day)];
}
