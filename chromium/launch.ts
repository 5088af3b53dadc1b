// Starts the browser with a pipe for DevTools, and ends it with everything it has started.
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import type { Log } from '../player/log.ts';
import { writableFolder } from '../player/writable-folder.ts';
import { onPath } from './browser-path.ts';
import { connectDevTools, type DevTools } from './devtools.ts';
import { browserFlags, type FlagOptions } from './flags.ts';
import { endStaleBrowser } from './stale-browser.ts';

export interface Browser {
  readonly devTools: DevTools;
  readonly pid: number;
  /** Settles when its process is gone; `sandboxMissing` when it left because the system offers it no sandbox. */
  readonly ended: Promise<{ reason: string; sandboxMissing: boolean }>;
  /** Asks it to leave, then makes it. */
  close(): Promise<void>;
}

interface LaunchOptions extends FlagOptions {
  readonly path: string;
  readonly log: Log;
}

const keptErrorChars = 4_000;
const patienceMs = 2_000;

/** Where the system can, the kernel ends the browser when this process dies, however early that is. */
async function command(path: string): Promise<[string, ...string[]]> {
  const setpriv = process.platform === 'linux' ? await onPath(['setpriv'], process.env) : undefined;
  return setpriv ? [setpriv, '--pdeathsig', 'KILL', path] : [path];
}

/** @throws when no profile folder can be written or the binary cannot be started */
export async function launchBrowser({ path, log, ...flags }: LaunchOptions): Promise<Browser> {
  const { path: profileFolder, isTemporary } = writableFolder(flags.profileFolder);
  if (isTemporary) log.warn({ profileFolder }, 'the disk cannot be written; the browser keeps its profile elsewhere');
  else await endStaleBrowser(profileFolder, log);
  const [program, ...before] = await command(path);
  // A group of its own: Ctrl-C in the terminal is for the player, which then closes the browser.
  const child = spawn(program, [...before, ...browserFlags({ ...flags, profileFolder })], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-keptErrorChars);
  });
  const ended = new Promise<{ reason: string; sandboxMissing: boolean }>((resolve) => {
    child.once('exit', (code, signal) =>
      // Its last words come after its exit.
      setImmediate(() =>
        resolve({
          reason: signal ?? `exit code ${code}`,
          sandboxMissing: /No usable sandbox|Failed to move to new namespace|sandbox_host|SUID sandbox/i.test(errors) && code !== 0,
        }),
      ),
    );
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  // Given as 'pipe' above, so both are streams.
  const devTools = connectDevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const pid = child.pid ?? 0;

  const killGroup = () => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
  };
  void ended.then(async () => {
    killGroup();
    if (isTemporary) await rm(profileFolder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  });

  return {
    devTools,
    pid,
    ended,
    async close() {
      await devTools.send('Browser.close', {}, undefined, patienceMs).catch(() => undefined);
      devTools.close();
      const timer = setTimeout(killGroup, patienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
