// Lets a command run only on what others leave of the processor.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const lowest = '19';
const hasNice = spawnSync('nice', ['-n', lowest, 'true']).status === 0;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {[string, string[]]} unchanged where the system has no `nice`
 */
export function idleCommand(command, args) {
  return hasNice ? ['nice', ['-n', lowest, command, ...args]] : [command, [...args]];
}

/**
 * Linux may weigh sessions against each other before it looks at the processes in them: this one then counts as little as its processes.
 * @param {number | undefined} pid the first of its session
 */
export function idleSession(pid) {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, lowest);
  } catch {
    // Another system, or one without such groups: the priority of the processes is all there is.
  }
}
