// Whether memory grows with what is shown: turns of two seconds through every scene, heap of page and player, garbage collected before each look.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../server/testing/free-port.ts';
import { playlistsWith, tour } from '../tests/support/playlists.ts';
import { visibleNow, waitForNextTurn } from '../tests/support/stage.ts';
import { startTrial } from '../tests/support/trial.ts';
import { openNodeHeap } from './support/node-heap.ts';
import { report } from './support/report.ts';

/** The design's figure is over 2,000 turns: BENCH_TURNS=2000. */
const turns = Number(process.env['BENCH_TURNS'] ?? 90);
const turnSeconds = Number(process.env['BENCH_TURN_SECONDS'] ?? 2);
/** What is loaded only once (fonts, code, caches) is no slope, nor the last 1,000 entries of the journal that a player keeps at hand: two a turn. */
const warmUpTurns = Math.min(600, Math.floor(turns / 3));
const lookEvery = Math.max(5, Math.floor(turns / 60));
const hourMs = 3_600_000;

interface Look {
  readonly at: number;
  readonly page: number;
  readonly player: number;
  /** All that is the player's own, garbage that was not collected yet included. */
  readonly playerOwn: number;
}

/** Least squares: bytes a millisecond, as megabytes an hour. */
function slope(looks: readonly Look[], of: (look: Look) => number): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(looks.map(({ at }) => at)), mean(looks.map(of))];
  const over = looks.reduce((sum, look) => sum + (look.at - x) * (of(look) - y), 0);
  const under = looks.reduce((sum, look) => sum + (look.at - x) ** 2, 0);
  return ((over / under) * hourMs) / 2 ** 20;
}

/** The shell's process: the one that started the browser of this folder. */
function playerOf(browser: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(browser)], { encoding: 'utf8' }));
}

function ownBytes(pid: number): number {
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
}

const folder = mkdtempSync(join(tmpdir(), 'ihanoi-memory-'));
const inspected = await freePort();
const env = { NODE_OPTIONS: `--inspect=127.0.0.1:${inspected}` };
const trial = await startTrial({ screen: 'reception', playlists: playlistsWith(folder, tour(turnSeconds)), env });
try {
  await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
  const tools = await trial.stage.context().newCDPSession(trial.stage);
  const player = playerOf(trial.browserProcesses('browser')[0] ?? 0);
  const heap = await openNodeHeap(inspected);
  const looks: Look[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await waitForNextTurn(trial.stage, (await visibleNow(trial.stage))?.turn ?? '');
    if (turn < warmUpTurns || turn % lookEvery !== 0) continue;
    await tools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await tools.send('Runtime.getHeapUsage');
    looks.push({ at: performance.now(), page: usedSize, player: await heap.used(), playerOwn: ownBytes(player) });
  }
  report({ bench: 'memory-slope', metric: `page-heap-over-${turns}-turns`, value: slope(looks, ({ page }) => page), unit: 'MB', aim: 1 });
  heap.close();
  report({ bench: 'memory-slope', metric: `player-heap-over-${turns}-turns`, value: slope(looks, ({ player: used }) => used), unit: 'MB', aim: 1 });
  report({ bench: 'memory-slope', metric: `player-own-over-${turns}-turns`, value: slope(looks, ({ playerOwn }) => playerOwn), unit: 'MB' });
  report({ bench: 'memory-slope', metric: 'page-heap-at-the-end', value: (looks.at(-1)?.page ?? 0) / 2 ** 20, unit: 'MB' });
} finally {
  await trial.stop();
  rmSync(folder, { recursive: true, force: true });
}
