// From the start of a box's process to its first correct frame, its campaign on disk and no server anywhere; and back after kill -9, under its supervisor.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptChild } from '../scripts/start/kept-child.mjs';
import { chromiumPath, noBrowser } from '../tests/support/browser.ts';
import { root, startChild } from '../tests/support/children.ts';
import { startTrial } from '../tests/support/trial.ts';
import { percentile, report } from './support/report.ts';

const starts = 5;
const script = join(root, 'dist/chromium/main.js');
const browser = chromiumPath();
if (browser === undefined) throw new Error(noBrowser);

/** The bare baseline: the same browser opens an empty page and leaves. */
async function bareBrowser(path: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'ihanoi-bare-'));
  const began = performance.now();
  const child = spawn(path, ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`, '--dump-dom', 'about:blank'], { stdio: 'ignore' });
  await once(child, 'exit');
  const took = performance.now() - began;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  return took;
}

const trial = await startTrial({ screen: 'street' });
try {
  await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
  await trial.killServer();
  await trial.killShell();
  const args = ['--data', trial.playerFolder, '--window', 'headless', '--size', '960x576', '--kind', 'led', '--browser', browser];

  const cold: number[] = [];
  const bare: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const began = performance.now();
    const shell = startChild(script, args);
    await shell.message('playing');
    cold.push(performance.now() - began);
    await shell.end('SIGTERM');
    bare.push(await bareBrowser(browser));
  }
  const baseline = { name: 'the bare browser opens an empty page and leaves, p50', value: percentile(bare, 0.5) };
  report({ bench: 'cold-start', metric: 'to-first-frame-p50', value: percentile(cold, 0.5), unit: 'ms', aim: 3_000, baseline });
  report({ bench: 'cold-start', metric: 'to-first-frame-worst', value: Math.max(...cold), unit: 'ms', aim: 3_000, baseline });

  const back: number[] = [];
  let killedAt: number | undefined;
  let playing = () => {};
  const child = new KeptChild({
    launch: () => ({ command: process.execPath, args: [script, ...args], env: process.env, cwd: root }),
    onMessage(message) {
      if (message['type'] !== 'playing') return;
      child.settle();
      if (killedAt !== undefined) back.push(performance.now() - killedAt);
      playing();
    },
    onFall: () => undefined,
    // As the unit in deploy/systemd does.
    ...{ firstPauseMs: 500, longestPauseMs: 500 },
  });
  const run = child.run();
  for (let kill = 0; kill <= starts; kill += 1) {
    await new Promise<void>((resolve) => (playing = resolve));
    if (kill === starts) break;
    killedAt = performance.now();
    process.kill(child.pid ?? 0, 'SIGKILL');
  }
  await child.stop();
  await run;
  report({ bench: 'cold-start', metric: 'back-after-kill-p50', value: percentile(back, 0.5), unit: 'ms', aim: 5_000, baseline });
  report({ bench: 'cold-start', metric: 'back-after-kill-worst', value: Math.max(...back), unit: 'ms', aim: 5_000, baseline });
} finally {
  await trial.stop();
}
