// The server's time as the player knows it: from signed statements over its own nonce, carried on by the monotonic clock, and never behind the highest time it ever trusted.
import type { MachineClock } from './machine-clock.ts';

/** A signed statement of the server's time, with the monotonic times of asking and hearing. */
export interface TimeSample {
  readonly time: number;
  readonly sentMonoMs: number;
  readonly arrivedMonoMs: number;
}

/** What outlives a restart. */
export interface KeptTime {
  /** Highest time ever trusted. */
  readonly highest: number;
  /** The server's last signed time. */
  readonly heard: number;
}

export interface ServerClock {
  now(): number;
  /** Server's clock less the machine's, milliseconds. */
  offsetMs(): number;
  /** A signed statement was heard in this run. */
  trusted(): boolean;
  /** Good enough for items with windows: trusted, or a machine's clock shortly after the highest trusted time. */
  plausible(): boolean;
  /** The server's last signed time, over restarts. */
  heard(): number | undefined;
  hear(sample: TimeSample): void;
  keep(): KeptTime | undefined;
}

interface Anchor {
  readonly time: number;
  readonly monoMs: number;
  readonly roundTripMs: number;
}

/** Beyond this age a slower but newer sample is better: clocks drift apart. */
const sampleAgeMs = 3_600_000;
const slowestRoundTripMs = 10_000;
/** How long a box may have been off before its own clock needs the server's word. */
const plausibleMs = 30 * 24 * 3_600_000;

export function startServerClock(machine: MachineClock, kept: KeptTime | undefined): ServerClock {
  const startMonoMs = machine.monoMs();
  let anchor: Anchor | undefined;
  let heard = kept?.heard;

  const now = () => {
    const monoMs = machine.monoMs();
    if (anchor) return Math.round(anchor.time + monoMs - anchor.monoMs);
    const own = machine.now();
    if (kept && own < kept.highest) return Math.round(kept.highest + monoMs - startMonoMs);
    return Math.round(own);
  };

  return {
    now,
    offsetMs: () => now() - Math.round(machine.now()),
    trusted: () => anchor !== undefined,
    plausible() {
      if (anchor) return true;
      const own = machine.now();
      return kept !== undefined && own >= kept.highest && own - kept.highest <= plausibleMs;
    },
    heard: () => heard,
    hear({ time, sentMonoMs, arrivedMonoMs }) {
      const roundTripMs = arrivedMonoMs - sentMonoMs;
      if (roundTripMs < 0 || roundTripMs > slowestRoundTripMs) return;
      heard = Math.max(heard ?? 0, time);
      const isAged = anchor !== undefined && arrivedMonoMs - anchor.monoMs > sampleAgeMs;
      if (!anchor || isAged || roundTripMs <= anchor.roundTripMs) anchor = { time: time + roundTripMs / 2, monoMs: arrivedMonoMs, roundTripMs };
    },
    keep() {
      if (!anchor || heard === undefined) return kept;
      return { highest: Math.max(kept?.highest ?? 0, now()), heard };
    },
  };
}
