// How many frames a second a browser gives to the busiest playlist at 1920x1080, every scene of it in turns of a few seconds, against an empty page in the same browser on the same machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumPath, noBrowser } from '../tests/support/browser.ts';
import { playlistsWith, tour } from '../tests/support/playlists.ts';
import { startTrial } from '../tests/support/trial.ts';
import { percentile, report } from './support/report.ts';

const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const emptySeconds = 8;
const turnSeconds = 4;
const browserPath = chromiumPath();
if (browserPath === undefined) throw new Error(noBrowser);

/** Frames of each second. */
function framesASecond(page: Page, forSeconds: number): Promise<number[]> {
  return page.evaluate(
    (span) =>
      new Promise<number[]>((resolve) => {
        const counts = Array.from({ length: span }, () => 0);
        const begun = performance.now();
        const frame = (at: number) => {
          const second = Math.floor((at - begun) / 1_000);
          if (second >= span) return resolve(counts);
          if (second >= 0) counts[second] = (counts[second] ?? 0) + 1;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    forSeconds,
  );
}

async function emptyPage(path: string): Promise<number[]> {
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 } });
    await page.setContent('<body style="margin:0;background:#000"></body>');
    return await framesASecond(page, emptySeconds);
  } finally {
    await browser.close();
  }
}

const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
const folder = mkdtempSync(join(tmpdir(), 'ihanoi-frames-'));
const before = await emptyPage(browserPath);
const trial = await startTrial({ screen: 'reception', playlists: playlistsWith(folder, tour(turnSeconds)) });
try {
  await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
  const counts = await framesASecond(trial.stage, seconds);
  // Before and after: what else the machine does changes meanwhile.
  const empty = [...before, ...(await emptyPage(browserPath))];
  const against = (value: number) => ({ name: 'an empty page of the same size', value });
  report({ bench: 'frames', metric: `mean-over-${seconds}-s`, value: mean(counts), unit: 'per-second', baseline: against(mean(empty)) });
  report({
    bench: 'frames',
    metric: 'worst-second-of-twenty',
    value: percentile(counts, 0.05),
    unit: 'per-second',
    baseline: against(percentile(empty, 0.05)),
  });
} finally {
  await trial.stop();
  rmSync(folder, { recursive: true, force: true });
}
