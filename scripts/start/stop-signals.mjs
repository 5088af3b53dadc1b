// The ways in which a person or a machine asks the supervisor to stop.

import { keepSignals } from '../setup/exit-on-signal.mjs';

/** npm passes on what the terminal has already sent to everybody, so an echo within this time is not a second request. */
const echoMs = 1_500;

/**
 * Resolves at the first request. A second one, when the clean stop takes too long for somebody, ends the process at once.
 * @returns {Promise<'asked'>}
 */
export function untilAskedToStop() {
  return new Promise((resolve) => {
    /** @type {number | undefined} */
    let askedAt;
    const ask = () => {
      const now = Date.now();
      if (askedAt !== undefined && now - askedAt > echoMs) process.exit(130);
      askedAt ??= now;
      resolve('asked');
    };
    keepSignals();
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, ask);
    process.on('disconnect', ask);
    process.channel?.unref();
  });
}
