// While something covers the programme, each slot is recorded as skipped with what stood in its place; a screen that is off records nothing.
import type { Cover } from '../core/cover.ts';
import type { MachineClock } from './machine-clock.ts';
import type { PlayRecorder } from './play-recorder.ts';
import type { Playout } from './playout.ts';
import type { ServerClock } from './server-clock.ts';

export interface CoveredPlays {
  /** The page proved that it shows the cover. */
  begin(cover: Cover, at: number): void;
  /** Something else is shown now. */
  end(): void;
}

export interface CoveredPlaysOptions {
  readonly playout: Playout;
  readonly recorder: PlayRecorder;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
}

/** A slot that is not planned yet is looked for again after this. */
const lookAgainMs = 1_000;

export function recordCovered({ playout, recorder, serverClock, clock }: CoveredPlaysOptions): CoveredPlays {
  let cancel = () => {};

  const record = (cover: Exclude<Cover, { state: 'off' }>, at: number) => {
    const { current: made } = playout;
    const turn = playout.turnAt(at);
    const endsIn = turn ? turn.end - at : lookAgainMs;
    if (turn && made) {
      const planned = { item: turn.planned?.item ?? turn.item, reason: `covered by ${cover.item}` };
      void recorder.shown({ ...turn, id: `${turn.id}/${cover.item}`.slice(-80), item: cover.item, planned }, made, at, cover.state);
    }
    cancel = clock.after(Math.max(1, endsIn), () => record(cover, serverClock.now()));
  };

  return {
    begin(cover, at) {
      cancel();
      if (cover.state === 'off') void recorder.ended('off by schedule');
      else record(cover, at);
    },
    end: () => cancel(),
  };
}
