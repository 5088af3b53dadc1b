// The product's own processes as a test starts, watches and kills them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Child {
  readonly child: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** Resolves with the first IPC message of a type. */
  message(type: string): Promise<Record<string, unknown>>;
  /** Resolves when the output matches. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Sends a signal and waits for the end; gives the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Rejects with the output when the promise takes longer. Promises of the product are asserted by the tests; this is only the end of patience. */
async function patiently<T>(promise: Promise<T>, what: string, output: () => string, limitMs = 90_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${limitMs} ms for ${what}\n${output()}`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

export interface ChildOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** What runs it, and its own words: a command that ends in executing what follows. */
  readonly under?: readonly [string, ...string[]];
}

/** Starts a script of the product under this Node, with an IPC channel. */
export function startChild(script: string, args: readonly string[], options: ChildOptions = {}): Child {
  const [command, ...before] = [...(options.under ?? []), process.execPath];
  const child = spawn(command, [...before, script, ...args], {
    cwd: options.cwd ?? root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...options.env },
  });
  let output = '';
  const messages: Record<string, unknown>[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.on('message', (message) => messages.push(message as Record<string, unknown>));

  /** Looks now and at every event until something is found; the child's end is the end of hope. */
  const seen = <T>(look: () => T | null | undefined, what: string): Promise<T> =>
    patiently(
      new Promise<T>((resolve, reject) => {
        const events = [child, child.stdout, child.stderr];
        const attempt = () => {
          const found = look();
          if (found === null || found === undefined) return;
          stop();
          resolve(found);
        };
        const gone = () => {
          stop();
          const last = look();
          if (last === null || last === undefined) reject(new Error(`ended before ${what}\n${output}`));
          else resolve(last);
        };
        const stop = () => {
          for (const emitter of events) emitter?.off('data', attempt).off('message', attempt);
          child.off('exit', gone);
        };
        for (const emitter of events) emitter?.on('data', attempt).on('message', attempt);
        child.once('exit', gone);
        attempt();
      }),
      what,
      () => output,
    );

  return {
    child,
    output: () => output,
    message: (type) => seen(() => messages.find((message) => message['type'] === type), `the message "${type}"`),
    printed: (pattern) => seen(() => pattern.exec(output), String(pattern)),
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await patiently(ended, `the end after ${signal}`, () => output, 30_000);
      return child.exitCode;
    },
  };
}

/** The process below a parent whose command line names a script, by /proc; `undefined` where there is none. */
export function processBelow(parent: number, script: string): number | undefined {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return ppid === parent && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(script);
      } catch {
        // The process ended while it was looked at.
        return false;
      }
    });
  return found === undefined ? undefined : Number(found);
}
