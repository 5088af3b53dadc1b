// The player's log on disk: one file and the one before it, so that it never fills the disk, and its end for whoever asks.
import { renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { destination, pino, stdTimeFunctions } from 'pino';
import { maxLogBytes } from '../core/protocol.ts';
import { every, type MachineClock } from './machine-clock.ts';
import { faultText, type Log } from './log.ts';

export interface LogFile {
  readonly log: Log;
  /** The last lines, with room for what is cut from them. */
  readonly tail: () => Promise<string>;
}

const maxFileBytes = 8 * 2 ** 20;
const lookEveryMs = 10 * 60_000;

function moveAway(path: string, maxBytes: number): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= maxBytes) return false;
  renameSync(path, `${path}.1`);
  return true;
}

/** @throws when the folder cannot be written */
export function openLogFile(path: string, clock: MachineClock, maxBytes = maxFileBytes): LogFile {
  moveAway(path, maxBytes);
  const file = destination({ dest: path, sync: true });
  const log = pino({ timestamp: stdTimeFunctions.isoTime }, file);
  every(clock, lookEveryMs, () => {
    try {
      if (moveAway(path, maxBytes)) file.reopen(path);
    } catch (fault) {
      log.warn({ fault: faultText(fault) }, 'the log cannot be moved away');
    }
  });
  return {
    log,
    async tail() {
      const handle = await open(path, 'r');
      try {
        const { size } = await handle.stat();
        const length = Math.min(size, 2 * maxLogBytes);
        const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
        return buffer.toString('utf8');
      } finally {
        await handle.close();
      }
    },
  };
}
