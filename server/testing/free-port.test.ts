import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';

test.runIf(process.platform === 'linux')('is given to no other test, nor to another process, before anything listens on it', async () => {
  const few = { lowest: 14_000 + Math.floor(Math.random() * 900), count: 8 };
  const own = [await freePort(few), await freePort(few), await freePort(few)];
  const module = pathToFileURL(join(import.meta.dirname, 'free-port.ts')).href;
  const script = `import { freePort } from ${JSON.stringify(module)}; const few = ${JSON.stringify(few)}; console.log(JSON.stringify([await freePort(few), await freePort(few), await freePort(few)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(new Set([...own, ...(JSON.parse(stdout) as number[])]).size).toBe(6);
});
