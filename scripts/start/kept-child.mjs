// One child of `npm start`: started, started again with growing pauses when it falls, and stopped with all it has opened.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/** @typedef {{ command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string }} Launch */
/**
 * @typedef {{
 *   launch: () => Launch,
 *   onMessage: (message: Record<string, unknown>) => void,
 *   onFall: (how: string, nextInMs: number) => void,
 *   firstPauseMs?: number, longestPauseMs?: number, calmMs?: number, graceMs?: number
 * }} KeptChildOptions
 */

export class KeptChild {
  /** @type {KeptChildOptions} */
  #options;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {Promise<void> | undefined} */
  #gone;
  #stopping = new AbortController();
  #settled = false;

  /** @param {KeptChildOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /** Its process, while it has one. */
  get pid() {
    return this.#child?.pid;
  }

  /** Called once the child has proved that it can start: from now on a fall is followed by a new start. */
  settle() {
    this.#settled = true;
  }

  /**
   * Runs until stopped. A child that falls before it settled is not started again.
   * @returns {Promise<{ failed: false } | { failed: true, code: number | null }>}
   */
  async run() {
    const { onFall, firstPauseMs = 1_000, longestPauseMs = 30_000, calmMs = 60_000 } = this.#options;
    let pauseMs = firstPauseMs;
    while (!this.#stopping.signal.aborted) {
      const since = Date.now();
      const { code, signal } = await this.#once();
      if (this.#stopping.signal.aborted) break;
      if (!this.#settled) return { failed: true, code };
      if (Date.now() - since > calmMs) pauseMs = firstPauseMs;
      onFall(signal ?? `mã · code ${code ?? '?'}`, pauseMs);
      await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    return { failed: false };
  }

  /** @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} */
  #once() {
    const { command, args, env, cwd } = this.#options.launch();
    // A group of its own: Ctrl-C in the terminal reaches only the supervisor, and what the child leaves behind can be ended with it.
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: process.platform !== 'win32' });
    this.#child = child;
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null) this.#options.onMessage(/** @type {Record<string, unknown>} */ (message));
    });
    return new Promise((resolve) => {
      /** @type {() => void} */
      let gone = () => undefined;
      this.#gone = new Promise((done) => (gone = done));
      /** @param {number | null} code @param {NodeJS.Signals | null} signal */
      const end = (code, signal) => {
        killGroup(child.pid, 'SIGKILL');
        gone();
        resolve({ code, signal });
      };
      child.once('error', (error) => {
        process.stderr.write(`${error.message}\n`);
        end(null, null);
      });
      child.once('exit', end);
    });
  }

  /** Asks it to stop, and ends it and its group when it has not within the grace. */
  async stop() {
    const { graceMs = 8_000 } = this.#options;
    this.#stopping.abort();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const limit = setTimeout(() => {
      killGroup(child.pid, 'SIGKILL');
    }, graceMs);
    await this.#gone;
    clearTimeout(limit);
  }

  /** Ends it and its group at once. */
  kill() {
    this.#stopping.abort();
    killGroup(this.#child?.pid, 'SIGKILL');
  }
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
