// How a scene tells the stage of itself: what it still waits for, that it moves, that it cannot be shown. A scene that says nothing is judged by its paint and its videos.

export interface SceneProgress {
  /** The turn is not shown before this settles; a rejection gives it up. To be called while the scene mounts. */
  hold(until: Promise<unknown>): void;
  /** The scene moves by itself from now on; while it is visible, two seconds without a step are a stall. */
  moves(): { step(): void; end(): void };
  /** It cannot be shown, or not any more. */
  fail(reason: string): void;
}

/** Longest time in which a moving scene may stand still while it is visible. */
export const stallMs = 2_000;

export interface WatchedProgress extends SceneProgress {
  /** Settles when everything that holds the turn back has. */
  held(): Promise<void>;
  /** Why a scene that should move stands still; to be asked several times a second while it is visible. */
  stalled(): string | undefined;
  /** It becomes visible now: the time of its first step begins. */
  appear(): void;
}

export function watchProgress(now: () => number, fail: (reason: string) => void): WatchedProgress {
  const holds: Promise<unknown>[] = [];
  const movers = new Set<{ at: number }>();
  return {
    hold(until) {
      holds.push(until);
      // Whoever asks `held` hears of it; nobody else needs to.
      until.catch(() => undefined);
    },
    moves() {
      const mover = { at: now() };
      movers.add(mover);
      return { step: () => (mover.at = now()), end: () => void movers.delete(mover) };
    },
    fail,
    async held() {
      await Promise.all(holds);
    },
    stalled() {
      const still = [...movers].some(({ at }) => now() - at > stallMs);
      return still ? 'the scene stopped moving' : undefined;
    },
    appear() {
      for (const mover of movers) mover.at = now();
    },
  };
}
