// One hash over names and contents of files: what is stale is told by content, never by time.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * All files below the given files and folders, in a fixed order; what is missing counts as missing.
 * @param {string} root
 * @param {readonly string[]} inputs paths relative to the root
 * @param {(path: string) => boolean} [counts] which files count, by their path with slashes
 * @returns {string[]}
 */
export function filesBelow(root, inputs, counts = () => true) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} path */
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path)) walk(join(path, name));
      return;
    }
    const name = relative(root, path).split(sep).join('/');
    if (counts(name)) found.push(name);
  };
  for (const input of inputs) walk(join(root, input));
  return found.sort();
}

/**
 * @param {string} root
 * @param {readonly string[]} files paths relative to the root
 */
export function contentHash(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
