// Memory of server, player and page at rest, and the time to the first correct frame of a second start, measured on `npm start` itself.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../server/testing/free-port.ts';
import { processBelow, root, startChild } from '../tests/support/children.ts';
import { report } from './support/report.ts';

const restMs = 20_000;

/** Of the two that `npm start` keeps. */
function processOf(supervisor: number | undefined, script: string): number {
  const found = processBelow(supervisor ?? 0, script);
  if (found === undefined) throw new Error(`no ${script} below process ${supervisor ?? '?'}`);
  return found;
}

/** Bytes by /proc. */
interface Memory {
  /** Everything that is mapped and present, also what other processes hold anyway. */
  readonly resident: number;
  /** Its part of that: pages of files that several processes share are divided among them. What the machine would get back. */
  readonly part: number;
  /** Without any page of a file. */
  readonly own: number;
}

function memoryOf(pid: number): Memory {
  const bytes = (file: string, name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1];
    if (found === undefined) throw new Error(`/proc/${pid}/${file} tells no ${name}`);
    return Number(found) * 1024;
  };
  return { resident: bytes('status', 'VmRSS'), part: bytes('smaps_rollup', 'Pss'), own: bytes('status', 'RssAnon') };
}

/** A Node that does nothing but wait: the bare baseline of a process. */
async function bareNode(): Promise<Memory> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => undefined, 1e6)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const memory = memoryOf(child.pid ?? 0);
  child.kill();
  return memory;
}

async function pageHeapBytes(metricsUrl: string): Promise<number | undefined> {
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
  await second.printed(/^API docs/m);
  const up = performance.now();
  await second.printed(/^ready http/m);
  report({ bench: 'footprint', metric: 'server-up-to-first-frame', value: performance.now() - up, unit: 'ms', aim: 3_000 });
  report({ bench: 'footprint', metric: 'second-start-to-ready', value: performance.now() - began, unit: 'ms', aim: 5_000 });

  const server = processOf(second.child.pid, 'dist/server/main.js');
  const shell = processOf(second.child.pid, 'dist/chromium/main.js');
  await pause(restMs);
  const bare = await bareNode();
  for (const [metric, pid] of [
    ['server-at-rest', server],
    ['player-and-shell', shell],
  ] as const) {
    const memory = memoryOf(pid);
    for (const [of, name] of [
      ['part', ''],
      ['resident', '-resident'],
      ['own', '-own'],
    ] as const)
      report({
        bench: 'footprint',
        metric: `${metric}${name}`,
        value: memory[of] / 1e6,
        unit: 'MB',
        ...(of === 'own' ? {} : { aim: 90 }),
        baseline: { name: `an idle Node process, ${of}`, value: bare[of] / 1e6 },
      });
  }
  const heap = await pageHeapBytes(`http://127.0.0.1:${port}/metrics`);
  if (heap !== undefined) report({ bench: 'footprint', metric: 'page-heap', value: heap / 1e6, unit: 'MB', aim: 25 });
  await second.end('SIGINT');
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
