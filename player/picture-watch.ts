// The page never vouches for itself: when another content is said to be on screen, the window's own picture must have changed.
import type { MachineClock } from './machine-clock.ts';

export interface PictureWatch {
  /** A turn is said to be on screen. @param mark what it shows */
  shown(mark: string): void;
  /** The page was opened anew: what was seen before says nothing. */
  opened(): void;
  stop(): void;
}

export interface PictureWatchOptions {
  /** The same text for the same pixels; `undefined` when no picture can be taken now. */
  readonly look: () => Promise<string | undefined>;
  readonly onFrozen: () => void;
  readonly clock: Pick<MachineClock, 'after' | 'monoMs'>;
}

/** The picture is looked at this long after the first frame. */
const settleMs = 400;
/** A picture that came so shortly before the next content, or after it, may be of either: on a busy machine one takes seconds. */
const doubtfulMs = 500;
const maxPairs = 200;

/**
 * Two contents may look alike down to the pixel (the same words, the same picture). A pair that stays equal over a fresh page is
 * remembered as alike; the window counts as frozen again only with a pair that has not been tried yet.
 */
export function watchPicture({ look, onFrozen, clock }: PictureWatchOptions): PictureWatch {
  const tried = new Set<string>();
  let before: { readonly mark: string; readonly picture: string; readonly atMonoMs: number } | undefined;
  let cancel = () => {};
  /** Changes with each turn and each page. */
  let epoch = 0;

  const compare = async (mark: string) => {
    const of = epoch;
    const picture = await look();
    if (of !== epoch || picture === undefined) return;
    const last = before;
    before = { mark, picture, atMonoMs: clock.monoMs() };
    if (last === undefined || last.mark === mark || last.picture !== picture) return;
    const pair = [last.mark, mark].sort().join(' ');
    if (tried.has(pair)) return;
    const [oldest] = tried;
    if (tried.size >= maxPairs && oldest !== undefined) tried.delete(oldest);
    tried.add(pair);
    onFrozen();
  };

  return {
    shown(mark) {
      epoch += 1;
      if (before && clock.monoMs() - before.atMonoMs < doubtfulMs) before = undefined;
      cancel();
      cancel = clock.after(settleMs, () => void compare(mark));
    },
    opened() {
      epoch += 1;
      cancel();
      before = undefined;
    },
    stop() {
      epoch += 1;
      cancel();
    },
  };
}
