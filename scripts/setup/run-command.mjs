// Runs a command to its end, its output in a log file, optionally within a time limit.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { niceCommand, niceSession } from './nice.mjs';

/**
 * @typedef {{ code: number | null, timedOut: boolean, output: string }} Ended
 * @typedef {{
 *   cwd: string, logFile: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, niceness?: number, onLine?: (line: string) => void
 * }} Options
 */

/** Output kept in memory to be shown; the log file has all of it. */
const keptCharacters = 1_000_000;

/**
 * Never rejects: a command that cannot be started ends with code `null` and says so in its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options} options
 * @returns {Promise<Ended>}
 */
export function runCommand(command, args, { cwd, logFile, env = process.env, timeoutMs, niceness = 0, onLine }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  log.on('error', () => {
    // A log that cannot be written must not stop the step that it tells of.
  });
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const [program, given] = niceCommand(command, args, niceness);
    const child = spawn(program, given, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
      detached: process.platform !== 'win32',
    });
    niceSession(child.pid, niceness);
    const stop = () => killTree(child.pid);
    process.once('exit', stop);
    const limit =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            stop();
          }, timeoutMs);
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      const text = chunk.toString();
      log.write(text);
      output = (output + text).slice(-keptCharacters);
      if (onLine) for (const line of text.split(/[\r\n]+/)) if (line.trim() !== '') onLine(line.trim());
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let ended = false;
    /** @param {number | null} code */
    const end = (code) => {
      if (ended) return;
      ended = true;
      clearTimeout(limit);
      process.removeListener('exit', stop);
      log.end(() => {
        resolve({ code, timedOut, output });
      });
    };
    child.on('error', (error) => {
      output += error.message;
      end(null);
    });
    child.on('close', end);
  });
}

/** @param {number | undefined} pid */
function killTree(pid) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
