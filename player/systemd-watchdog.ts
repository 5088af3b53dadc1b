// Tells systemd that the screen is alive: ready with the first picture that should be there, and from then on only as long as a frame that counts was just seen.
import { execFile } from 'node:child_process';
import { faultText, type Log } from './log.ts';
import { every, longestTimerMs, type MachineClock } from './machine-clock.ts';

export interface WatchdogOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly seenWithin: (ms: number) => boolean;
  readonly clock: MachineClock;
  readonly log: Log;
}

export interface SystemdWatchdog {
  /** The first picture is on screen. */
  ready(): void;
  stop(): void;
}

/** A frame this old feeds the watchdog no more. */
const freshMs = 5_000;
/** Systemd gives the time after which it ends the unit; it is fed several times within it. */
const feedsPerSpan = 4;

/** Node cannot write to a datagram socket, so systemd's own small program does. https://www.freedesktop.org/software/systemd/man/latest/systemd-notify.html */
function notify(state: string, env: NodeJS.ProcessEnv, log: Log): void {
  execFile('systemd-notify', ['--no-block', state], { env, timeout: freshMs }, (fault) => {
    if (fault) log.warn({ state, fault: faultText(fault) }, 'systemd could not be told');
  });
}

/** Does nothing where systemd did not start this process, or does not watch it. */
export function feedSystemd({ env, seenWithin, clock, log }: WatchdogOptions): SystemdWatchdog {
  if (env['NOTIFY_SOCKET'] === undefined) return { ready: () => undefined, stop: () => undefined };
  const spanMs = Number(env['WATCHDOG_USEC'] ?? Number.NaN) / 1_000;
  const cancel = Number.isFinite(spanMs)
    ? every(clock, Math.min(spanMs / feedsPerSpan, longestTimerMs), () => {
        if (seenWithin(freshMs)) notify('WATCHDOG=1', env, log);
      })
    : () => undefined;
  return { ready: () => notify('READY=1', env, log), stop: cancel };
}
