// Another clock for a process and its children, by libfaketime: the wall clock is off, the monotonic one is not.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['/usr/lib', '/usr/local/lib'];

function library(): string | undefined {
  const places = folders.flatMap((folder) =>
    existsSync(folder) ? ['', ...readdirSync(folder)].map((name) => join(folder, name, 'faketime', 'libfaketime.so.1')) : [],
  );
  return places.find((path) => existsSync(path));
}

export const noOtherClock = 'no libfaketime installed';

const offsetText = (seconds: number) => `${seconds < 0 ? '' : '+'}${seconds}s`;
// With the "fix" for the monotonic clock, Chromium's threads wait for ever.
const preload = (path: string) => ({ LD_PRELOAD: path, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0' });

/** Environment under which it is another time; `undefined` where the library is missing. */
export function otherClock(instant: number): Record<string, string> | undefined {
  const path = library();
  return path === undefined ? undefined : { ...preload(path), FAKETIME: offsetText(Math.round((instant - Date.now()) / 1_000)) };
}

/** A clock that is off by whole seconds and can be set while its processes run; each of them notices within a second. `undefined` where the library is missing. */
export function settableClock(file: string, aheadSeconds: number): { readonly env: Record<string, string>; set(aheadSeconds: number): void } | undefined {
  const path = library();
  if (path === undefined) return undefined;
  const set = (seconds: number) => writeFileSync(file, `${offsetText(seconds)}\n`);
  set(aheadSeconds);
  // Behind its sandbox a page's process could not read the file.
  return { env: { ...preload(path), FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1', JOINABLE_FLAGS: '--no-sandbox' }, set };
}
