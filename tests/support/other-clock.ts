// Another clock for a process and its children, by libfaketime: the wall clock is off, the monotonic one is not.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['/usr/lib', '/usr/local/lib'];

function library(): string | undefined {
  const places = folders.flatMap((folder) =>
    existsSync(folder) ? ['', ...readdirSync(folder)].map((name) => join(folder, name, 'faketime', 'libfaketime.so.1')) : [],
  );
  return places.find((path) => existsSync(path));
}

export const noOtherClock = 'no libfaketime installed';

/** Environment under which it is another time; `undefined` where the library is missing. */
export function otherClock(instant: number): Record<string, string> | undefined {
  const path = library();
  if (path === undefined) return undefined;
  const seconds = Math.round((instant - Date.now()) / 1_000);
  const offset = `${seconds < 0 ? '' : '+'}${seconds}s`;
  // With the "fix" for the monotonic clock, Chromium's threads wait for ever.
  return { LD_PRELOAD: path, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0' };
}
