// Notices two boxes that hold one screen's key: a run that was superseded and comes back did not end, so another one lives beside it.

/** Runs of a screen that were superseded and are remembered. */
const keptRuns = 8;

interface Runs {
  current: string;
  superseded: readonly string[];
  since: number | undefined;
  at: number | undefined;
}

export interface TwoPlayers {
  /** A run of a screen's player was welcomed. @returns whether this was the first sign of a second box */
  welcomed(screen: string, run: string, now: number): boolean;
  /** Since when a screen has two players; `undefined` when there was no sign of it lately. */
  since(screen: string, now: number): number | undefined;
}

/** @param lastsMs after the latest sign, so that a box that was put right is not accused for ever */
export function twoPlayers(lastsMs = 24 * 3_600_000): TwoPlayers {
  const byScreen = new Map<string, Runs>();
  const since = (screen: string, now: number) => {
    const runs = byScreen.get(screen);
    return runs?.at !== undefined && now - runs.at <= lastsMs ? runs.since : undefined;
  };
  return {
    since,
    welcomed(screen, run, now) {
      const runs = byScreen.get(screen);
      if (!runs) {
        byScreen.set(screen, { current: run, superseded: [], since: undefined, at: undefined });
        return false;
      }
      if (runs.current === run) return false;
      const cameBack = runs.superseded.includes(run);
      const known = since(screen, now);
      runs.superseded = [runs.current, ...runs.superseded.filter((each) => each !== run)].slice(0, keptRuns);
      runs.current = run;
      if (!cameBack) return false;
      [runs.since, runs.at] = [known ?? now, now];
      return known === undefined;
    },
  };
}
