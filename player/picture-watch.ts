// The page never vouches for itself: the window's own picture must change when another content is said to be on screen, and when the page draws a speck anew.
import type { SpeckShade } from '../core/bridge.ts';
import type { MachineClock } from './machine-clock.ts';

export interface PictureWatch {
  /** A turn is said to be on screen. @param mark what it shows; @param leftMs until the next content comes */
  shown(mark: string, leftMs: number): void;
  /** Something lies over the turns, as it should, and may look like anything. */
  covered(): void;
  /** The page was opened anew, or is dark: what was seen before says nothing. */
  opened(): void;
  stop(): void;
}

export interface PictureWatchOptions {
  /** The same text for the same pixels; `undefined` when no picture can be taken now. */
  readonly look: () => Promise<string | undefined>;
  /** Settles with whether the page says that the speck stands in this shade. */
  readonly drawSpeck: (shade: SpeckShade) => Promise<boolean>;
  readonly onFrozen: () => void;
  readonly clock: Pick<MachineClock, 'after' | 'monoMs'>;
}

/** The picture is looked at this long after the first frame. */
const settleMs = 400;
/** A picture that came so shortly before the next content, or after it, may be of either: on a busy machine one takes seconds. */
const doubtfulMs = 500;
/** While one content stands, the speck changes this often: any two looks in a row lie within eight seconds. */
const speckEveryMs = 2_500;
/** Nothing is drawn or looked at so shortly before the next content. */
const quietMs = 1_000;
/** A picture that shows no new speck is taken once more after this long, for the machine may be busy. */
const lookAgainMs = 1_000;
const maxPairs = 200;

interface Seen {
  /** `undefined` for what may look like anything. */
  readonly mark: string | undefined;
  readonly picture: string;
  readonly atMonoMs: number;
}

/**
 * Two contents may look alike down to the pixel (the same words, the same picture). A pair that stays equal over a fresh page is
 * remembered as alike; the window counts as frozen again only with a pair that has not been tried yet. A speck counts only once it
 * has been seen to change the picture: a window that shows none costs one fresh page at most.
 */
export function watchPicture({ look, drawSpeck, onFrozen, clock }: PictureWatchOptions): PictureWatch {
  const tried = new Set<string>();
  let before: Seen | undefined;
  let cancel = () => {};
  /** Changes with each content and each page. */
  let epoch = 0;
  let endsMonoMs = Infinity;
  let shade: SpeckShade = 'dark';
  let speckWorks = false;

  /** @returns `undefined` when there is no picture, or when it may be of another content */
  const see = async (mark: string | undefined): Promise<Seen | undefined> => {
    const of = epoch;
    const picture = await look();
    if (of !== epoch || picture === undefined) return undefined;
    before = { mark, picture, atMonoMs: clock.monoMs() };
    return before;
  };

  /** Two that look the same though they should not, and have not been tried over a fresh page yet. */
  const areFalselyAlike = (one: Seen, other: Seen): boolean => {
    if (one.mark === undefined || other.mark === undefined || one.mark === other.mark || one.picture !== other.picture) return false;
    const pair = [one.mark, other.mark].sort((a, b) => (a < b ? -1 : 1)).join(' ');
    if (tried.has(pair)) return false;
    const [oldest] = tried;
    if (tried.size >= maxPairs && oldest !== undefined) tried.delete(oldest);
    tried.add(pair);
    return true;
  };

  const compareContents = async (mark: string | undefined) => {
    const [last, of] = [before, epoch];
    const seen = await see(mark);
    if (of !== epoch) return;
    if (last && seen && areFalselyAlike(last, seen)) return onFrozen();
    rest(mark);
  };

  const compareSpecks = async (mark: string | undefined) => {
    const [last, of] = [before, epoch];
    // Nobody knows which shade the page has until it is seen.
    before = undefined;
    shade = shade === 'dark' ? 'light' : 'dark';
    const isDrawn = await drawSpeck(shade);
    if (of !== epoch) return;
    let seen = isDrawn ? await see(mark) : undefined;
    if (last && seen?.picture === last.picture && speckWorks) {
      await new Promise<void>((done) => (cancel = clock.after(lookAgainMs, done)));
      seen = await see(mark);
    }
    if (of !== epoch) return;
    if (last && seen && seen.picture !== last.picture) speckWorks = true;
    else if (last && seen && speckWorks) {
      speckWorks = false;
      return onFrozen();
    }
    rest(mark);
  };

  /** Until the speck changes next: not shortly before the next content, but again when that does not come. */
  const rest = (mark: string | undefined) => {
    const leftMs = endsMonoMs - clock.monoMs();
    const isNearEnd = speckEveryMs > leftMs - quietMs;
    if (isNearEnd) endsMonoMs = Infinity;
    cancel = clock.after(isNearEnd ? Math.max(0, leftMs) + speckEveryMs : speckEveryMs, () => void compareSpecks(mark));
  };

  const begin = (mark: string | undefined, leftMs: number) => {
    epoch += 1;
    if (before && clock.monoMs() - before.atMonoMs < doubtfulMs) before = undefined;
    endsMonoMs = clock.monoMs() + leftMs;
    cancel();
    cancel = clock.after(settleMs, () => void compareContents(mark));
  };

  return {
    shown: begin,
    covered: () => begin(undefined, Infinity),
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
