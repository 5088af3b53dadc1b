// Runs the benches in bench/, each a command of its own.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { CannotGoOn } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { runAlone } from './run-script.mjs';

/** @param {readonly string[]} names none for all */
export async function bench(names) {
  const known = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new CannotGoOn(`không có phép đo ${unknown.join(', ')}`, `no such bench; there are ${known.join(', ')}`);
  const browser = await setUp({ window: false });
  for (const name of names.length === 0 ? known : names) {
    if ((await runAlone(`bench/${name}.ts`, [], browser.path)) !== 0) process.exitCode = 1;
  }
}
