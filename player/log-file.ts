// The player's log on disk: one file and the one before it, so that it never fills the disk, and its end for whoever asks.
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pino, stdTimeFunctions } from 'pino';
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

/** A file of the player that it may not read or write is in its way: it is put out of it. */
function openForLines(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    rmSync(path, { force: true });
    return openSync(path, 'a', 0o600);
  }
}

interface Lines {
  write(line: string): void;
  /** The next line begins a new file, after the old one was moved away. */
  close(): void;
}

/** Writes lines as long as the disk takes them. A disk that takes none costs lines, which are counted, and never the player. */
function openLines(path: string): Lines {
  let file: number | undefined;
  let lost = 0;
  const close = () => {
    const open = file;
    file = undefined;
    if (open !== undefined) closeSync(open);
  };
  return {
    write(line) {
      try {
        file ??= openForLines(path);
        if (lost > 0) writeSync(file, `{"level":40,"time":"${new Date().toISOString()}","lost":${lost},"msg":"the disk did not take these lines"}\n`);
        lost = 0;
        writeSync(file, line);
      } catch {
        lost += 1;
        close();
      }
    },
    close,
  };
}

/** Never throws: a box whose disk is full or broken plays on without its log. */
export function openLogFile(path: string, clock: MachineClock, maxBytes = maxFileBytes): LogFile {
  const lines = openLines(path);
  const log = pino({ timestamp: stdTimeFunctions.isoTime }, lines);
  const keepShort = () => {
    try {
      if (moveAway(path, maxBytes)) lines.close();
    } catch (fault) {
      log.warn({ fault: faultText(fault) }, 'the log cannot be moved away');
    }
  };
  keepShort();
  every(clock, lookEveryMs, keepShort);
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
