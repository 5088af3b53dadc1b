// Memory of server, player and page at rest, and the time to the first correct frame of a second start, measured on `npm start` itself.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../tests/support/browser.ts';
import { root, startChild } from '../tests/support/children.ts';
import { report } from './support/report.ts';

const restMs = 20_000;

interface Processes {
  readonly server: number;
  readonly shell: number;
}

/** Processes below a parent whose command line names a script, by /proc. */
function childrenOf(parent: number): Processes {
  const found: Partial<Record<keyof Processes, number>> = {};
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (ppid !== parent) continue;
      if (command.includes('server')) found.server = Number(entry);
      else if (command.includes('chromium')) found.shell = Number(entry);
    } catch {
      // The process ended while it was looked at.
    }
  }
  if (found.server === undefined || found.shell === undefined) throw new Error(`no server or shell below process ${parent}`);
  return { server: found.server, shell: found.shell };
}

function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}

/** A Node that does nothing but wait: the bare baseline of a process. */
async function bareNodeBytes(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => undefined, 1e6)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const bytes = residentBytes(child.pid ?? 0);
  child.kill();
  return bytes;
}

async function pageHeapBytes(playerFolder: string, metricsUrl: string): Promise<number | undefined> {
  const text = await (await fetch(metricsUrl)).text();
  const line = /^ihanoi_screen_page_heap_bytes\{[^}]*\}\s+(\d+)/m.exec(text);
  return line ? Number(line[1]) : undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'ihanoi-footprint-'));
const port = await freePort();
const args = ['--port', String(port), '--data', folder, '--headless'];
const start = () => startChild(join(root, 'scripts/start.mjs'), args);

try {
  const first = start();
  await first.printed(/^ready http/m);
  await first.end('SIGINT');

  const began = performance.now();
  const second = start();
  await second.printed(/^ready http/m);
  report({ bench: 'footprint', metric: 'second-start-to-ready', value: performance.now() - began, unit: 'ms', aim: 5_000 });

  const { server, shell } = childrenOf(second.child.pid ?? 0);
  await pause(restMs);
  const bare = (await bareNodeBytes()) / 1e6;
  const baseline = { name: 'an idle Node process', value: bare };
  report({ bench: 'footprint', metric: 'server-at-rest', value: residentBytes(server) / 1e6, unit: 'MB', aim: 90, baseline });
  report({ bench: 'footprint', metric: 'player-and-shell', value: residentBytes(shell) / 1e6, unit: 'MB', aim: 90, baseline });
  const heap = await pageHeapBytes(folder, `http://127.0.0.1:${port}/metrics`);
  if (heap !== undefined) report({ bench: 'footprint', metric: 'page-heap', value: heap / 1e6, unit: 'MB', aim: 25 });
  await second.end('SIGINT');
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
