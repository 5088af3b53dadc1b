// Finds the Chromium that the tests drive, and wraps it so that a test can look at the very page a shell has opened.
import { accessSync, chmodSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of an installed Chromium or Chrome; `undefined` where there is none. */
export function chromiumPath(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked !== undefined && executable(asked)) return asked;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(executable);
}

export const noBrowser = 'no Chromium installed';

/** A browser to pass to the shell: the real one, with a port on which Playwright can join the page on screen; flags in `JOINABLE_FLAGS` are added. */
export function joinableBrowser(folder: string, browser: string, port: number): string {
  const path = join(folder, 'joinable-chromium.sh');
  writeFileSync(path, `#!/bin/sh\nexec "${browser}" --remote-debugging-port=${port} $JOINABLE_FLAGS "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
