// What the page proves: the turn it shows, its frames, its size. What it says of turns that were never planned counts for nothing.
import type { FromStage } from '../core/bridge.ts';
import type { PageFacts } from './health.ts';
import type { Log } from './log.ts';
import type { PlannedTurn, Playout } from './playout.ts';
import type { PlayRecorder } from './play-recorder.ts';
import type { ServerClock } from './server-clock.ts';
import type { MachineClock } from './machine-clock.ts';

export interface PageWatch {
  readonly facts: PageFacts;
  hear(message: FromStage): void;
  /** The page is gone, or shows something else than turns. */
  lost(reason: string): void;
}

export interface PageWatchOptions {
  readonly playout: Playout;
  readonly recorder: PlayRecorder;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly log: Log;
  readonly shown: (turn: string) => void;
  readonly failed: (planned: PlannedTurn, reason: string) => void;
}

/** The page and the player share one clock; a frame further off than this was not seen now. */
const believableMs = 5_000;

export function watchPage({ playout, recorder, serverClock, clock, log, shown, failed }: PageWatchOptions): PageWatch {
  let shows: PageFacts['shows'] = null;
  let lastFrameAt: number | null = null;
  let heapBytes: number | null = null;
  let viewport: PageFacts['viewport'];

  /** Server's time of something the page dates by the machine's clock. */
  const serverTime = (at: number) => (Math.abs(at - clock.now()) > believableMs ? serverClock.now() : Math.round(at) + serverClock.offsetMs());

  const hearShown = (id: string, at: number) => {
    const planned = playout.turn(id);
    if (!planned) {
      log.warn({ turn: id }, 'the page shows a turn that was not planned');
      return;
    }
    const { turn, made } = planned;
    const since = serverTime(at);
    lastFrameAt = since;
    if (shows?.turn === id && shows.manifest === made.plan.manifest) return;
    shows = { item: turn.item, scene: made.entryOf(turn.item)?.item.scene ?? '', turn: id, manifest: made.plan.manifest, since };
    void recorder.shown(turn, made, since);
    shown(id);
  };

  return {
    get facts() {
      return { shows, lastFrameAt, heapBytes, viewport };
    },
    hear(message) {
      if (message.type === 'shown') hearShown(message.turn, message.at);
      else if (message.type === 'failed') {
        const planned = playout.turn(message.turn);
        if (planned) failed(planned, message.reason);
      } else if (message.type === 'beat') {
        if (message.turn !== null && message.turn === shows?.turn) lastFrameAt = serverTime(message.frameAt);
        heapBytes = message.heapBytes;
        viewport = message.viewport;
      }
    },
    lost(reason) {
      shows = null;
      void recorder.ended(reason);
    },
  };
}
