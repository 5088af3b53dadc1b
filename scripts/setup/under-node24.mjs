// Goes on under Node 24: the same script again, with its terminal, its signals and its exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { exitOnSignals, keepSignals } from './exit-on-signal.mjs';
import { isNewEnough, provideNode24 } from './node24.mjs';
import { cache, logs } from './paths.mjs';
import { CannotGoOn, say } from './say.mjs';

/**
 * Runs `work` if this Node is new enough, else the script anew under one that is.
 * @param {string} script
 * @param {() => Promise<void>} work
 */
export async function underNode24(script, work) {
  exitOnSignals();
  try {
    if (isNewEnough(process.version)) await work();
    else await runUnder(await provideNode24({ cache, logs, say }), script);
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} node
 * @param {string} script
 * @returns {Promise<void>}
 */
function runUnder(node, script) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` };
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  keepSignals();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve();
    });
  });
}
