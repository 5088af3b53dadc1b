// Full-jitter back-off: after each failure a random wait below a ceiling that doubles, so that many players do not come back at once.

export interface Backoff {
  /** Milliseconds to wait before the next try. */
  next(): number;
  /** Forgets the failures after a success. */
  reset(): void;
}

export interface BackoffOptions {
  /** Ceiling of the first wait; a server that has many players may ask for more than the usual. */
  readonly baseMs: number | (() => number);
  readonly capMs: number;
  /** From 0 up to, not including, 1. */
  readonly random?: () => number;
}

export function backoff({ baseMs, capMs, random = Math.random }: BackoffOptions): Backoff {
  let failures = 0;
  return {
    next() {
      const base = typeof baseMs === 'number' ? baseMs : baseMs();
      const ceiling = Math.min(capMs, base * 2 ** Math.min(failures, 40));
      failures += 1;
      return Math.floor(random() * ceiling);
    },
    reset() {
      failures = 0;
    },
  };
}
