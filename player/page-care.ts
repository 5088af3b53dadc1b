// What follows from what the page proves or fails to prove: content is quarantined, the page is mended, and one that keeps falling is sheltered.
import { createHash } from 'node:crypto';
import type { PageState } from '../core/health.ts';
import type { FileStore } from './file-store.ts';
import type { Holdings } from './holdings.ts';
import type { Incidents } from './incidents.ts';
import type { Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { countFalls, type PageFall, type Shelter } from './page-falls.ts';
import { watchPicture } from './picture-watch.ts';
import type { PlannedTurn } from './playout.ts';
import type { Ailment, Quarantine } from './quarantine.ts';
import type { ServerClock } from './server-clock.ts';
import type { Shell } from './shell.ts';
import type { Speck } from './speck.ts';
import type { Staging } from './staging.ts';

export interface PageCare {
  readonly shelter: Shelter | undefined;
  /** An item could not be shown. */
  failed(planned: PlannedTurn, reason: string, late: boolean): void;
  /** A turn is said to be on screen. */
  shown(planned: PlannedTurn): void;
  /** Something lies over the turns, as it should. */
  covered(state: PageState): void;
  /** The shell had to bring the page back. @param suspect the turn that was mounted last */
  fell(how: PageFall, suspect: PlannedTurn | undefined): void;
  /** Everything may be tried again, and every file is looked at. */
  renew(): Promise<void>;
  stop(): void;
}

export interface PageCareOptions {
  readonly files: FileStore;
  readonly quarantine: Quarantine;
  readonly holdings: Holdings;
  readonly incidents: Incidents;
  readonly staging: () => Staging;
  readonly shell: () => Shell | undefined;
  readonly drawSpeck: Speck['draw'];
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly log: Log;
  /** What may be shown has changed. */
  readonly changed: () => void;
  readonly report: () => void;
  /** A sound item cannot be shown. */
  readonly broken: (planned: PlannedTurn, reason: string) => void;
}

const fallTexts: Readonly<Record<'hung' | 'crashed', string>> = {
  hung: 'the page hung while this was on',
  crashed: 'the page crashed while this was on',
};

export function careForPage(options: PageCareOptions): PageCare {
  const { files, quarantine, holdings, incidents, staging, shell, drawSpeck, serverClock, clock, log, changed, report, broken } = options;
  const falls = countFalls(clock, changed);
  const pictures = watchPicture({
    async look() {
      const picture = await shell()?.glimpse();
      return picture && createHash('sha256').update(picture).digest('hex');
    },
    onFrozen: () => shell()?.mend('frozen'),
    drawSpeck,
    clock,
  });
  let manifest = holdings.manifest?.sha256;

  const filesOf = (media: readonly string[]) => holdings.manifest?.manifest.files.filter(({ sha256 }) => media.includes(sha256)) ?? [];

  /** The item leaves the screen at once; whether its file was to blame is found out afterwards. */
  const remove = async (planned: PlannedTurn, reason: string, ailment: Ailment) => {
    const { turn, made } = planned;
    const entry = made.entryOf(turn.item);
    if (!entry) return;
    log.warn({ item: turn.item, reason, ailment }, 'an item cannot be shown');
    const kept = quarantine.add({ mark: entry.mark, item: turn.item, reason, since: serverClock.now() }, ailment);
    incidents.note('quarantine');
    changed();
    report();
    await kept;
    const sound = await Promise.all(filesOf(entry.media).map((file) => files.verify(file)));
    if (sound.every(Boolean) || !holdings.manifest) return broken(planned, reason);
    // A damaged file is fetched again and then shown; a sound one that cannot be drawn is the content's fault.
    await quarantine.release(entry.mark);
    staging().want(holdings.manifest.sha256, 0);
    changed();
    report();
  };

  return {
    get shelter() {
      // Another manifest gets its own chance.
      if (holdings.manifest?.sha256 !== manifest) {
        manifest = holdings.manifest?.sha256;
        falls.renew();
      }
      return falls.shelter;
    },
    failed: (planned, reason, late) => void remove(planned, reason, late ? 'late' : 'broken'),
    shown({ turn, made }) {
      const entry = made.entryOf(turn.item);
      if (entry) pictures.shown(entry.mark, turn.end - serverClock.now());
    },
    // A screen that is off is dark to the last pixel.
    covered: (state) => (state === 'off' ? pictures.opened() : pictures.covered()),
    fell(how, suspect) {
      pictures.opened();
      incidents.note(how === 'browser' ? 'browser-restart' : 'page-reload');
      log.warn({ how, suspect: suspect?.turn.item }, 'the page fell');
      if ((how === 'hung' || how === 'crashed') && suspect) void remove(suspect, fallTexts[how], 'fell');
      falls.fell();
      report();
    },
    async renew() {
      falls.renew();
      await quarantine.clear();
      await files.clear(holdings.filesInUse());
      const all = holdings.manifest?.manifest.files ?? [];
      const sound = await Promise.all(all.map((file) => files.verify(file)));
      if (holdings.manifest && !sound.every(Boolean)) staging().want(holdings.manifest.sha256, 0);
      changed();
      report();
    },
    stop() {
      falls.stop();
      pictures.stop();
    },
  };
}
