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
  /** No later than the true time, as far as the server's word goes: the highest time trusted, and the running time since. */
  readonly highest: number;
  /** The server's last signed time. */
  readonly heard: number;
}

/** `unsure` statements want another one soon: the step is too large to believe the first that says so. */
export type Heard = 'taken' | 'too slow' | 'unsure';

export interface ServerClock {
  now(): number;
  /** Server's clock less the machine's, milliseconds. */
  offsetMs(): number;
  /** A signed statement was heard in this run. */
  trusted(): boolean;
  /** Good enough for items with windows: trusted, or a machine's clock shortly after the highest trusted time that nobody has set since. */
  plausible(): boolean;
  /** The server's last signed time, over restarts. */
  heard(): number | undefined;
  /** The server's signed time lies behind one that it signed before, and has not been believed yet. */
  goesBack(): boolean;
  hear(sample: TimeSample): Heard;
  keep(): KeptTime | undefined;
}

/** Where the turn of an instant ends; `undefined` while nothing plays. */
export type Border = (instant: number) => number | undefined;

/** A straight line through server's time over monotonic time. */
interface Line {
  readonly time: number;
  readonly monoMs: number;
}

interface Measured extends Line {
  readonly roundTripMs: number;
}

const keptSamples = 16;
const slowestRoundTripMs = 10_000;
/** Cheap quartz drifts less; an older sample is worth that much less. */
const driftPerMs = 100e-6;
/** Larger steps do not wait for the end of a turn. */
const stepAtOnceMs = 2_000;
/** Larger steps of a clock that is trusted already need a second statement. */
const doubtMs = 60_000;
const agreeMs = 2_000;
/** A smaller contradiction between two statements is rounding. */
const setNoticedMs = 20;
/** How long the server has to insist before its time goes back behind what it signed earlier. */
const insistMs = 10 * 60_000;
/** How long a box may have been off before its own clock needs the server's word. */
const plausibleMs = 30 * 24 * 3_600_000;
/** A machine's clock that is set by more than this in a run was wrong before or is wrong now. */
const setMs = 5 * 60_000;

export function startServerClock(machine: MachineClock, kept: KeptTime | undefined, border: Border = () => undefined): ServerClock {
  const startMonoMs = machine.monoMs();
  let samples: Measured[] = [];
  let line: Line = { time: machine.now(), monoMs: startMonoMs };
  let isTrusted = false;
  /** The machine's clock was believable when it was last followed. */
  let isSound = false;
  let step: { line: Line; atMonoMs: number } | undefined;
  let doubted: (Line & { sinceMonoMs: number }) | undefined;
  let highest = kept?.highest;
  let heard = kept?.heard;
  let goesBack = false;

  const along = ({ time, monoMs }: Line, atMonoMs: number) => time + atMonoMs - monoMs;
  /** The true time is not before this. */
  const lowest = () => (kept === undefined ? undefined : kept.highest + machine.monoMs() - startMonoMs);
  const believable = (own: number) => {
    const low = lowest();
    return low !== undefined && own >= low && own - low <= plausibleMs;
  };

  const begin = () => {
    const own = machine.now();
    isSound = believable(own);
    if (kept && own < kept.highest) line = { time: kept.highest, monoMs: startMonoMs };
  };
  begin();

  /** Without the server's word: small corrections of the machine's clock are followed, a jump only from wrong to right. */
  const followMachine = (monoMs: number) => {
    const own = machine.now();
    const isNear = Math.abs(own - along(line, monoMs)) <= setMs;
    if (kept === undefined || (isNear && isSound && believable(own))) line = { time: own, monoMs };
    else if (!isSound && believable(own)) {
      line = { time: own, monoMs };
      isSound = true;
    }
  };

  const settle = () => {
    const monoMs = machine.monoMs();
    if (step && monoMs >= step.atMonoMs) {
      line = step.line;
      step = undefined;
    }
    if (!isTrusted) followMachine(monoMs);
    return along(line, monoMs);
  };
  const now = () => Math.round(settle());

  /** Lowest round trip wins; age counts, so that drift is followed. */
  const error = ({ roundTripMs, monoMs: at }: Measured, monoMs: number) => roundTripMs / 2 + (monoMs - at) * driftPerMs;
  const best = (monoMs: number) =>
    samples.reduce<Measured | undefined>((least, each) => (!least || error(each, monoMs) < error(least, monoMs) ? each : least), undefined);

  const goTo = (target: Line, isAtOnce: boolean) => {
    const monoMs = machine.monoMs();
    const current = settle();
    const byMs = along(target, monoMs) - current;
    const end = isAtOnce || Math.abs(byMs) > stepAtOnceMs ? undefined : border(Math.round(current));
    if (end === undefined) {
      line = target;
      step = undefined;
      return;
    }
    // A step back waits until it no longer leads into the turn before.
    step = { line: target, atMonoMs: monoMs + Math.max(0, end - current) + Math.max(0, -byMs) };
  };

  /** @returns whether a step so large, or back behind what was trusted, has been said often and long enough */
  const isBelieved = (sample: Measured): boolean => {
    const own = isTrusted ? along(line, sample.monoMs) : (lowest() ?? -Infinity);
    const aheadMs = sample.time - own;
    const isBack = aheadMs < -doubtMs;
    const isFar = isTrusted && Math.abs(aheadMs) > doubtMs;
    goesBack = isBack;
    if (!isBack && !isFar) {
      doubted = undefined;
      return true;
    }
    const agrees = doubted !== undefined && Math.abs(along(doubted, sample.monoMs) - sample.time) <= agreeMs + sample.roundTripMs;
    if (!agrees) doubted = { time: sample.time, monoMs: sample.monoMs, sinceMonoMs: sample.monoMs };
    const insistedMs = sample.monoMs - (doubted?.sinceMonoMs ?? sample.monoMs);
    if (!agrees || (isBack && insistedMs < insistMs)) return false;
    doubted = undefined;
    goesBack = false;
    samples = [];
    if (isBack) highest = undefined;
    return true;
  };

  return {
    now,
    offsetMs: () => now() - Math.round(machine.now()),
    trusted: () => isTrusted,
    plausible() {
      if (isTrusted) return true;
      const own = settle();
      return isSound && Math.abs(machine.now() - own) <= setMs;
    },
    heard: () => heard,
    goesBack: () => goesBack,
    hear({ time, sentMonoMs, arrivedMonoMs }) {
      const roundTripMs = arrivedMonoMs - sentMonoMs;
      if (roundTripMs < 0 || roundTripMs > slowestRoundTripMs) return 'too slow';
      const sample = { time: time + roundTripMs / 2, monoMs: arrivedMonoMs, roundTripMs };
      if (!isBelieved(sample)) return 'unsure';
      const before = best(arrivedMonoMs);
      // Half a round trip is the most that a statement can be off: what differs more was said by a clock that was set.
      if (before && Math.abs(along(before, arrivedMonoMs) - sample.time) > error(before, arrivedMonoMs) + roundTripMs / 2 + setNoticedMs) samples = [];
      samples = [sample, ...samples].slice(0, keptSamples);
      const target = best(arrivedMonoMs) ?? sample;
      goTo(target, !isTrusted);
      isTrusted = true;
      heard = time;
      return 'taken';
    },
    keep() {
      if (heard === undefined) return kept;
      const low = isTrusted ? now() : Math.round(lowest() ?? 0);
      highest = Math.max(highest ?? 0, low);
      return { highest, heard };
    },
  };
}
