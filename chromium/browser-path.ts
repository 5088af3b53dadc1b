// Where the browser is: as told, else the usual names on the PATH.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge', 'brave-browser'];

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first of these programs on the PATH. */
export async function onPath(names: readonly string[], environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await canRun(path)) return path;
  }
  return undefined;
}

/** `undefined` when there is none; a browser that was named is not replaced by another. */
export async function browserPath(named: string | undefined, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const told = named ?? environment['CHROMIUM_PATH'];
  if (told) return (await canRun(told)) ? told : undefined;
  return onPath(browserNames, environment);
}
