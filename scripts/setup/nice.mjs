// Lets a command run behind others: with a small share of a busy processor, and all of an idle one.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const hasNice = spawnSync('nice', ['true']).status === 0;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} niceness 0 to 19, which is the smallest share
 * @returns {[string, string[]]} unchanged where the system has no `nice`
 */
export function niceCommand(command, args, niceness) {
  return hasNice && niceness > 0 ? ['nice', ['-n', String(niceness), command, ...args]] : [command, [...args]];
}

/**
 * Linux may weigh sessions against each other before it looks at the processes in them: this one then counts as little as its processes.
 * @param {number | undefined} pid the first of its session
 * @param {number} niceness
 */
export function niceSession(pid, niceness) {
  if (niceness === 0) return;
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Another system, or one without such groups: the priority of the processes is all there is.
  }
}
