// The hook for walls that dim themselves: a program of the technician's is told, in per cent of full light, how bright the controller should be.
import { execFile } from 'node:child_process';
import { darkestLuminance, luminanceAt } from '../core/luminance.ts';
import type { Profile } from '../core/profile.ts';
import { faultText, type Log } from './log.ts';
import { every, type MachineClock } from './machine-clock.ts';
import type { Warnings } from './warnings.ts';

export interface BrightnessOptions {
  /** Path of the program; it gets one argument, a whole number from 1 to 100, and ends with 0 once the controller has it. */
  readonly program: string;
  readonly profile: () => Profile;
  readonly zone: () => string;
  /** `undefined` while nobody knows what time it is. */
  readonly trustedNow: () => number | undefined;
  readonly clock: MachineClock;
  readonly warnings: Warnings;
  readonly log: Log;
}

const lookEveryMs = 60_000;
/** A controller that lost its power forgets: it is told again though nothing changed. */
const repeatMs = 10 * 60_000;
const patienceMs = 10_000;

/** Only where the profile says that the controller dims. Without a known time the night's figure holds, as it does for a sensor that fails; the wall is never told to go dark. */
export function startBrightness({ program, profile, zone, trustedNow, clock, warnings, log }: BrightnessOptions): { stop(): void } {
  let told: { percent: number; atMonoMs: number } | undefined;
  let isTelling = false;

  const wanted = () => {
    const now = trustedNow();
    const level = now === undefined ? darkestLuminance(profile()) : luminanceAt(profile(), now, zone());
    return Math.max(1, Math.round(level * 100));
  };
  const tell = (percent: number) => {
    isTelling = true;
    execFile(program, [String(percent)], { timeout: patienceMs, killSignal: 'SIGKILL' }, (fault) => {
      isTelling = false;
      warnings.hold('brightness-failed', fault !== null, fault ? faultText(fault) : undefined);
      if (fault) return log.warn({ percent, fault: faultText(fault) }, 'the controller was not told its brightness');
      if (told?.percent !== percent) log.info({ percent }, 'the controller has its brightness');
      told = { percent, atMonoMs: clock.monoMs() };
    });
  };
  const look = () => {
    if (isTelling || profile().dimmedBy !== 'controller') return;
    const percent = wanted();
    if (told?.percent !== percent || clock.monoMs() - told.atMonoMs >= repeatMs) tell(percent);
  };
  look();
  return { stop: every(clock, lookEveryMs, look) };
}
