// Ends a browser that an earlier run of this player left behind: it would hold the profile folder, and a new one would only hand over to it and leave.
import { readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { faultText, type Log } from '../player/log.ts';

/** Chromium marks the profile folder it uses by a link to "host-pid". */
const lockName = 'SingletonLock';

async function readOrNothing(read: Promise<string>): Promise<string> {
  return read.catch((fault: unknown) => {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EINVAL' || code === 'ESRCH') return '';
    throw fault;
  });
}

/** @throws when the profile folder cannot be read or written */
export async function endStaleBrowser(profileFolder: string, log: Log): Promise<void> {
  const lock = join(profileFolder, lockName);
  const owner = await readOrNothing(readlink(lock));
  if (owner === '') return;
  const [, host, digits] = /^(.*)-(\d+)$/.exec(owner) ?? [];
  const pid = Number(digits);
  // A number can belong to anybody by now: only a process that was started on this very folder is ended.
  const isOurs = host === hostname() && pid > 1 && (await readOrNothing(readFile(`/proc/${pid}/cmdline`, 'utf8'))).includes(`--user-data-dir=${profileFolder}`);
  if (isOurs) {
    log.warn({ pid }, 'a browser of an earlier run is still there and is ended');
    try {
      process.kill(pid, 'SIGKILL');
    } catch (fault) {
      log.warn({ pid, fault: faultText(fault) }, 'the browser of an earlier run had ended already');
    }
  }
  await rm(lock, { force: true });
}
