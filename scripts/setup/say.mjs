// One line a step, in Vietnamese and English.

/** @typedef {(label: string, vietnamese: string, english: string) => void} Say */

/** @type {Say} */
export function say(label, vietnamese, english) {
  process.stdout.write(`${label.padEnd(10)}  ${vietnamese} · ${english}\n`);
}

/** A set-up step that cannot go on: told to the person in one line, without a stack. */
export class CannotGoOn extends Error {
  /**
   * @param {string} vietnamese
   * @param {string} english
   */
  constructor(vietnamese, english) {
    super(`${vietnamese} · ${english}`);
    this.name = 'CannotGoOn';
  }
}

/**
 * Seconds since an instant, as "3,2 s" reads in a line: one decimal.
 * @param {number} since
 */
export function secondsSince(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
