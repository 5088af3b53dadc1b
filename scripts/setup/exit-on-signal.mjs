// While nothing needs a clean stop, a signal ends the script by `exit`, so that running commands end with it and locks are freed.
import { constants } from 'node:os';

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @param {NodeJS.Signals} signal */
function leave(signal) {
  process.exit(128 + constants.signals[signal]);
}

export function exitOnSignals() {
  for (const signal of signals) process.on(signal, leave);
}

/** For one who stops in their own way. */
export function keepSignals() {
  for (const signal of signals) process.removeListener(signal, leave);
}
