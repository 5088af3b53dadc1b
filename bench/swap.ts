// How late each turn stands on the glass, and whether any frame lacks its content: a rAF loop in the page of a real box looks at every frame over many swaps through every scene.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { chromiumPath, noBrowser } from '../tests/support/browser.ts';
import { playlistsWith, tour } from '../tests/support/playlists.ts';
import { startTrial } from '../tests/support/trial.ts';
import { percentile, report } from './support/report.ts';

/** The design's figure is over 1,000 swaps: BENCH_SWAPS=1000. */
const swaps = Number(process.env['BENCH_SWAPS'] ?? 60);
const turnSeconds = Number(process.env['BENCH_TURN_SECONDS'] ?? 2);
const bareSwaps = 30;
const browserPath = chromiumPath();
if (browserPath === undefined) throw new Error(noBrowser);

interface Seen {
  /** Milliseconds between the instant at which a turn should begin and the swap, in the frame that carries it. */
  readonly late: number[];
  /** Frames that the page drew between that instant and the one with the swap: what a person sees of a swap that is late. */
  readonly framesLate: number[];
  /** Time between frames. */
  readonly gaps: number[];
  empty: number;
}

/** The bare baseline: a page with two layers and a timer, in the same browser without player or scenes. */
async function bare(path: string): Promise<Seen> {
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 960, height: 576 } });
    await page.setContent('<body style="margin:0;background:#000"><div data-layer style="height:576px;background:#123"></div></body>');
    return await page.evaluate(async (times) => {
      const seen: Seen = { late: [], framesLate: [], gaps: [], empty: 0 };
      const layer = document.querySelector<HTMLElement>('[data-layer]');
      for (let swap = 0; swap < times; swap += 1) {
        const start = Date.now() + 400;
        await new Promise((resolve) => setTimeout(resolve, start - Date.now()));
        await new Promise<void>((resolve) =>
          requestAnimationFrame(() => {
            if (layer) layer.style.background = swap % 2 === 0 ? '#321' : '#123';
            seen.late.push(performance.timeOrigin + performance.now() - start);
            resolve();
          }),
        );
      }
      return seen;
    }, bareSwaps);
  } finally {
    await browser.close();
  }
}

/** Looks at every frame from now on. */
async function look(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen = { late: [], framesLate: [], gaps: [], empty: 0 };
    const latest: number[] = [];
    Object.assign(window, { seenSwaps: seen });
    const shown = () => document.querySelectorAll<HTMLElement>('[data-item][data-turn]');
    let turn = shown()[0]?.dataset['turn'];
    // Told within the frame of the swap. A look at every frame comes before the stage's own, and would see it a frame later.
    new MutationObserver(() => {
      const next = shown()[0]?.dataset['turn'];
      if (next === undefined || next === turn) return;
      turn = next;
      // A turn is named by its start.
      const due = Number.parseInt(next, 36) - performance.timeOrigin;
      seen.late.push(performance.now() - due);
      const now = Number(document.timeline.currentTime);
      seen.framesLate.push(latest.filter((at) => at >= due && at < now).length);
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-turn'], childList: true });
    let before = performance.now();
    const frame = (at: number) => {
      const [layer, ...others] = shown();
      if (others.length > 0 || !layer || layer.childElementCount === 0 || layer.offsetHeight === 0) seen.empty += 1;
      seen.gaps.push(at - before);
      latest.push(at);
      if (latest.length > 200) latest.shift();
      before = at;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

const folder = mkdtempSync(join(tmpdir(), 'ihanoi-swap-'));
const baseline = await bare(browserPath);
const trial = await startTrial({ screen: 'street', playlists: playlistsWith(folder, tour(turnSeconds)) });
try {
  await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
  await pause(2 * turnSeconds * 1_000);
  await look(trial.stage);
  const read = () => trial.stage.evaluate(() => (window as unknown as { seenSwaps: Seen }).seenSwaps);
  let seen = await read();
  while (seen.late.length < swaps) {
    await pause(turnSeconds * 1_000);
    seen = await read();
  }
  const frameMs = percentile(seen.gaps, 0.5);
  // The first frame after the instant, and the work of the swap in it.
  const allowedMs = 2 * frameMs;
  const against = (share: number) => ({ name: 'a bare page that swaps a colour by a timer', value: percentile(baseline.late, share) });
  report({ bench: 'swap', metric: `late-over-${seen.late.length}-swaps-p50`, value: percentile(seen.late, 0.5), unit: 'ms', baseline: against(0.5) });
  report({ bench: 'swap', metric: 'late-p99', value: percentile(seen.late, 0.99), unit: 'ms', aim: allowedMs, baseline: against(0.99) });
  report({ bench: 'swap', metric: 'late-most', value: Math.max(...seen.late), unit: 'ms', baseline: against(1) });
  report({ bench: 'swap', metric: 'frames-late-most', value: Math.max(...seen.framesLate), unit: 'frames', aim: 1 });
  report({ bench: 'swap', metric: 'swaps-not-in-the-first-frame', value: seen.framesLate.filter((frames) => frames > 0).length, unit: 'swaps' });
  report({ bench: 'swap', metric: 'swaps-more-than-a-frame-late', value: seen.framesLate.filter((frames) => frames > 1).length, unit: 'swaps', aim: 0 });
  report({ bench: 'swap', metric: 'share-of-frames-without-content', value: seen.empty / seen.gaps.length, unit: 'ratio', aim: 0 });
  report({ bench: 'swap', metric: 'frame', value: frameMs, unit: 'ms' });
} finally {
  await trial.stop();
  rmSync(folder, { recursive: true, force: true });
}
