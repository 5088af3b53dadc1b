// Work that goes on after the request that began it was answered: one run a key, with how far it is, and its end kept for whoever asks for it later.

/** @property share how much is done, 0 to 1; null while that is not known */
export type WorkState<Result> =
  | { readonly kind: 'running'; readonly share: number | null }
  | { readonly kind: 'ended'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface BackgroundWork<Result> {
  /** Begins work under a key, or joins the run that there is. @returns its state after at most so many milliseconds */
  begin(key: string, work: (report: (share: number) => void) => Promise<Result>, waitMs: number): Promise<WorkState<Result>>;
  state(key: string): WorkState<Result> | undefined;
  /** @returns how a run ended, once it has; undefined where there is none */
  settled(key: string): Promise<WorkState<Result> | undefined>;
}

/** @param keptMs how long an end is kept */
export function backgroundWork<Result>(keptMs: number): BackgroundWork<Result> {
  const runs = new Map<string, { state: WorkState<Result>; readonly ended: Promise<void> }>();

  const start = (key: string, work: (report: (share: number) => void) => Promise<Result>) => {
    const settle = (state: WorkState<Result>) => {
      run.state = state;
      setTimeout(() => runs.delete(key), keptMs).unref();
    };
    const report = (share: number) => {
      if (run.state.kind === 'running') run.state = { kind: 'running', share };
    };
    const ended = Promise.resolve()
      .then(() => work(report))
      .then(
        (result) => settle({ kind: 'ended', result }),
        // What failed may be tried again at once.
        (error: unknown) => {
          settle({ kind: 'failed', error });
          runs.delete(key);
        },
      );
    const run: { state: WorkState<Result>; readonly ended: Promise<void> } = { state: { kind: 'running', share: null }, ended };
    runs.set(key, run);
    return run;
  };

  return {
    async begin(key, work, waitMs) {
      const run = runs.get(key) ?? start(key, work);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, waitMs)));
      await Promise.race([run.ended, late]);
      clearTimeout(timer);
      return run.state;
    },
    state: (key) => runs.get(key)?.state,
    async settled(key) {
      const run = runs.get(key);
      await run?.ended;
      return run?.state;
    },
  };
}
