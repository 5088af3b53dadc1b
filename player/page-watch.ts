// What the page proves: the turn it shows, its frames, its size. What it says of turns that were never planned counts for nothing.
import type { FromStage } from '../core/bridge.ts';
import type { Profile } from '../core/profile.ts';
import type { Cover } from '../core/cover.ts';
import type { CoveredPlays } from './covered-plays.ts';
import type { PageFacts } from './health.ts';
import type { Log } from './log.ts';
import type { PlannedTurn, Playout } from './playout.ts';
import type { PlayRecorder } from './play-recorder.ts';
import type { ServerClock } from './server-clock.ts';
import type { MachineClock } from './machine-clock.ts';

export interface PageWatch {
  readonly facts: PageFacts;
  /** Something lies over the turns, as it should. */
  readonly isCovered: boolean;
  hear(message: FromStage): void;
  /** The page is gone, or shows something else than turns. */
  lost(reason: string): void;
  /** The turn that was mounted last: the suspect when the page falls. Asked once. */
  takeSuspect(): PlannedTurn | undefined;
}

export interface PageWatchOptions {
  readonly playout: Playout;
  readonly recorder: PlayRecorder;
  readonly coveredPlays: CoveredPlays;
  /** What should lie over the programme. */
  readonly cover: () => Cover | null;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly log: Log;
  readonly profile: () => Profile;
  /** The page shows something else than turns, and is meant to. */
  readonly isRevoked: () => boolean;
  readonly shown: (turn: string) => void;
  /** A frame was seen on which stands what should; said with each beat that proves it. */
  readonly seen: () => void;
  readonly failed: (planned: PlannedTurn, reason: string, late: boolean) => void;
}

/** The page and the player share one clock; a frame further off than this was not seen now. */
const believableMs = 5_000;
/** How long after a turn's end it may still stand: the next one has its two seconds, its substitute as well. */
const overdueMs = 6_000;

export function watchPage({
  playout,
  recorder,
  coveredPlays,
  cover,
  serverClock,
  clock,
  log,
  profile,
  isRevoked,
  shown,
  seen,
  failed,
}: PageWatchOptions): PageWatch {
  let shows: PageFacts['shows'] = null;
  let covered: Cover | null = null;
  let lastFrameAt: number | null = null;
  let heapBytes: number | null = null;
  let viewport: PageFacts['viewport'];
  let seenMonoMs: number | undefined;
  let unseen: PageFacts['unseen'];
  let droppedFrames: number | undefined;
  let suspect: PlannedTurn | undefined;
  let isProving = true;

  /** Server's time of something the page dates by the machine's clock. */
  const serverTime = (at: number) => (Math.abs(at - clock.now()) > believableMs ? serverClock.now() : Math.round(at) + serverClock.offsetMs());

  const hearShown = (id: string, at: number) => {
    const planned = playout.turn(id);
    if (!planned) {
      log.warn({ turn: id }, 'the page shows a turn that was not planned');
      return;
    }
    const { turn, made } = planned;
    suspect = planned;
    const since = serverTime(at);
    lastFrameAt = since;
    if (covered) coveredPlays.end();
    covered = null;
    if (shows?.turn === id && shows.manifest === made.plan.manifest) return;
    shows = { item: turn.item, scene: made.entryOf(turn.item)?.item.scene ?? '', turn: id, manifest: made.plan.manifest, since };
    if (isProving) void recorder.shown(turn, made, since);
    shown(id);
  };

  /** An output that cannot hold the viewport shows half a picture: that proves no play. */
  const measure = (measured: { width: number; height: number }) => {
    const { x, y, width, height } = profile().viewport;
    const holds = measured.width >= x + width && measured.height >= y + height;
    viewport = measured;
    if (isProving && !holds) {
      log.warn({ ...measured, needed: { width: x + width, height: y + height } }, 'the output is smaller than the screen');
      void recorder.ended('the output is smaller than the screen');
    }
    // From now on what stands there is shown: a page that has just been opened may take its size a moment later.
    const standing = !isProving && holds && shows && !covered ? playout.turn(shows.turn) : undefined;
    isProving = holds;
    if (standing) void recorder.shown(standing.turn, standing.made, serverClock.now());
  };

  /** The visible turn is the one that is due, or the one before it that still holds the place. */
  const isDue = (turn: string) => {
    const planned = playout.turn(turn)?.turn;
    return planned !== undefined && planned.end + overdueMs > serverClock.now();
  };

  const hearBeat = (beat: Extract<FromStage, { type: 'beat' }>) => {
    const showsCover = covered !== null && beat.cover === (covered.state === 'off' ? 'off' : covered.item);
    if (showsCover || (!covered && beat.turn !== null && beat.turn === shows?.turn)) lastFrameAt = serverTime(beat.frameAt);
    ({ heapBytes, droppedFrames } = beat);
    measure(beat.viewport);
    if (beat.unseen === undefined) unseen = undefined;
    else if (unseen?.reason !== beat.unseen) unseen = { reason: beat.unseen, since: serverClock.now() };
    const isFresh = Math.abs(clock.now() - beat.frameAt) < believableMs;
    const isRight = isRevoked() || showsCover || (beat.turn !== null && isDue(beat.turn));
    if (!isFresh || !isRight || unseen !== undefined) return;
    seenMonoMs = clock.monoMs();
    seen();
  };

  const hearCovered = ({ state, item, at }: Extract<FromStage, { type: 'covered' }>) => {
    const wanted = cover();
    if (wanted?.state !== state || (wanted.state === 'off' ? null : wanted.item) !== item) {
      log.warn({ state, item }, 'the page shows a cover that was not asked for');
      return;
    }
    const since = serverTime(at);
    lastFrameAt = since;
    if (covered === wanted) return;
    covered = wanted;
    const manifest = playout.current?.plan.manifest ?? 'factory';
    const turn = playout.turnAt(since)?.id ?? '';
    shows = wanted.state === 'off' ? null : { item: wanted.item, scene: wanted.state, turn, manifest, since };
    coveredPlays.begin(wanted, since);
    shown(wanted.state === 'off' ? 'off' : wanted.item);
  };

  return {
    get facts() {
      return { shows, covered: covered?.state ?? null, lastFrameAt, heapBytes, viewport, seenMonoMs, unseen, droppedFrames };
    },
    get isCovered() {
      return covered !== null;
    },
    hear(message) {
      if (message.type === 'shown') hearShown(message.turn, message.at);
      else if (message.type === 'mounting') suspect = playout.turn(message.turn);
      else if (message.type === 'failed') {
        const planned = playout.turn(message.turn);
        if (planned) failed(planned, message.reason, message.late ?? false);
      } else if (message.type === 'covered') hearCovered(message);
      else if (message.type === 'beat') hearBeat(message);
    },
    lost(reason) {
      shows = null;
      covered = null;
      coveredPlays.end();
      void recorder.ended(reason);
    },
    takeSuspect() {
      const taken = suspect;
      suspect = undefined;
      return taken;
    },
  };
}
