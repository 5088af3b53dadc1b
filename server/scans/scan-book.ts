// Counts openings behind the answer: they are noted at once without their address and written together a moment later.
import type { FastifyBaseLogger } from 'fastify';
import type { Placement } from '../../core/links.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { transact, type Queries } from '../database/open-database.ts';
import type { NewRow } from '../database/schema.ts';
import { everyHour } from '../every-hour.ts';
import { localDay } from '../local-days.ts';
import { deviceHash, type Device } from './device-hash.ts';
import type { Opener, Platform } from './opener.ts';
import { addScans, countAsides, forgetOtherDays, keepDevices, knownOwners, saltOf, seenToday, type Aside } from './scan-store.ts';

/** The same device opens the same code again within this time: a reload, the way back, a second tap. */
export const repeatMs = 10 * 60_000;
const gatherMs = 250;
/** Written in one transaction; the next answers come between two of them. */
const writtenTogether = 100;
/** More than these wait only in a flood, whose rest is not counted. */
const mostWaiting = 20_000;
const hourMs = 3_600_000;

export interface Opening {
  readonly campaign: string;
  readonly zone: string;
  readonly placement: Placement | undefined;
  readonly by: Opener['by'];
  readonly platform: Platform;
  readonly device: Device;
}

export interface ScanBook {
  /** Notes an opening. The device's address is hashed here and kept nowhere. */
  note(opening: Opening): Promise<void>;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Noted extends Pick<Opening, 'campaign' | 'by' | 'platform'> {
  readonly placement: Placement;
  readonly known: boolean;
  readonly at: number;
  readonly day: string;
  readonly hash: string;
}

export interface BookParts {
  readonly db: Queries;
  readonly now: () => number;
  readonly log: FastifyBaseLogger;
  /** Called after something was written. */
  readonly written: () => void;
}

const nowhere: Placement = { owner: 0, item: 0 };

async function write(db: Queries, noted: readonly Noted[]): Promise<void> {
  const owners = await knownOwners(db, [...new Set(noted.map(({ placement }) => placement.owner))]);
  const seen = await seenToday(
    db,
    noted.map(({ hash }) => hash),
  );
  const scans: NewRow<'scans'>[] = [];
  const asides: Aside[] = [];
  const devices = new Map<string, NewRow<'scan_devices'>>();
  for (const { campaign, placement, known, by, platform, at, day, hash } of noted) {
    const owner = known ? owners.get(placement.owner) : undefined;
    const counted = owner === undefined ? nowhere : placement;
    const hour = at - (at % hourMs);
    if (by !== 'person') {
      asides.push({ campaign, ...counted, hour, kind: by });
      continue;
    }
    if (owner === undefined) {
      asides.push({ campaign, ...nowhere, hour, kind: 'unknown' });
      continue;
    }
    const before = seen.get(hash);
    seen.set(hash, at);
    devices.set(hash, { hash, day, seen_at: at });
    if (before !== undefined && at - before < repeatMs) asides.push({ campaign, ...counted, hour, kind: 'repeat' });
    else
      scans.push({ campaign, ...counted, at, platform, new_device: before === undefined ? 1 : 0, shown: owner === 'paper' || counted.item === 0 ? 1 : null });
  }
  await addScans(db, scans);
  await countAsides(db, asides);
  await keepDevices(db, [...devices.values()]);
}

export function openScanBook({ db, now, log, written }: BookParts): ScanBook {
  let waiting: Noted[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  /** Openings that still wait for the salt of their day. */
  const noting = new Set<Promise<void>>();
  /** Hours are few and days in a zone cost a little to find. */
  let today = { zone: '', hour: -1, day: '' };
  let salted: { day: string; salt: Promise<string> } | undefined;

  function dayOf(at: number, zone: string): string {
    const hour = at - (at % (hourMs / 4));
    if (today.hour !== hour || today.zone !== zone) today = { zone, hour, day: localDay(at, zone) };
    return today.day;
  }

  function saltFor(day: string): Promise<string> {
    if (salted?.day === day) return salted.salt;
    const salt = transact(db, (trx) => saltOf(trx, day));
    const entry = { day, salt };
    salted = entry;
    // What failed is tried again by the next opening.
    salt.catch(() => {
      if (salted === entry) salted = undefined;
    });
    return salt;
  }

  async function writeAll(): Promise<void> {
    const isAny = waiting.length > 0;
    while (waiting.length > 0) {
      const some = waiting.slice(0, writtenTogether);
      await transact(db, (trx) => write(trx, some));
      waiting = waiting.slice(some.length);
      // Requests that came in meanwhile are answered first.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (lost > 0) log.warn({ lost }, 'a flood of openings was not counted');
    lost = 0;
    if (isAny) written();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= writeAll().finally(() => (writing = undefined));
    return writing;
  }

  function later(): void {
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => {
        log.error({ err: error }, 'openings could not be written; they wait for the next try');
        later();
      });
    }, gatherMs).unref();
  }

  const stopHourly = everyHour(log, 'deleting the hashes of another day', async () => {
    // Also when nobody has opened anything since the start.
    const campaign = await currentCampaign(db);
    if (campaign) await transact(db, (trx) => forgetOtherDays(trx, localDay(now(), campaign.zone)));
  });

  async function note({ campaign, zone, placement, by, platform, device }: Opening): Promise<void> {
    if (waiting.length >= mostWaiting) {
      lost++;
      return;
    }
    const at = now();
    const day = dayOf(at, zone);
    const where = placement ?? nowhere;
    const hash = deviceHash(await saltFor(day), where, device);
    waiting.push({ campaign, placement: where, known: placement !== undefined, by, platform, at, day, hash });
    later();
  }

  /** What was noted until now is written, also what came while an earlier write was under way. */
  async function flushAll(): Promise<void> {
    await Promise.allSettled(noting);
    await writing;
    await flush();
  }

  return {
    async note(opening) {
      const noted = note(opening).finally(() => noting.delete(noted));
      noting.add(noted);
      await noted;
    },
    flush: flushAll,
    async close() {
      stopHourly();
      clearTimeout(timer);
      await flushAll();
    },
  };
}
