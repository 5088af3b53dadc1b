// The player in Python as a process of its own, without rights: what it tells, and its journal.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { z } from 'zod';

/** Debian's own first: its modules are not there for another Python. */
const pythons = ['/usr/bin/python3', 'python3'];
const needed = 'import socketio, websocket, cryptography, zoneinfo; zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")';
export const python = pythons.find((path) => spawnSync(path, ['-c', needed]).status === 0);
export const noPython = 'skipped: python3 with python3-socketio, python3-websocket, python3-cryptography and tzdata is missing';

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

const toldSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('pairing'), code: z.string(), words: z.array(z.string()) }),
  z.object({ what: z.literal('manifest'), sha256: z.string(), version: z.int() }),
  z.object({ what: z.literal('shows'), item: z.string(), headline: z.object({ vi: z.string() }).optional() }),
  z.object({ what: z.literal('refused'), reason: z.string() }),
]);
type Told = z.infer<typeof toldSchema>;

export interface PythonPlayer {
  readonly folder: string;
  /** Looks through what was told since the last call that found something. */
  tells<What extends Told['what']>(what: What, fits?: (told: Extract<Told, { what: What }>) => boolean): Promise<Extract<Told, { what: What }>>;
  /** Texts of its journal on disk. */
  journal(): string[];
  end(signal: NodeJS.Signals): Promise<void>;
}

export function playerFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-interop-'));
  if (isRoot) {
    chownSync(folder, nobody, nobody);
    chmodSync(folder, 0o700);
  }
  return folder;
}

const askTurns = `
import json, sys
from programme import turns_of_day
manifest, instants = json.load(sys.stdin)
turns = {turn["plannedStart"]: turn for instant in instants for turn in turns_of_day(manifest | {"sha256": ""}, instant)}
print(json.dumps([(start, turn["plannedEnd"], None if turn["manifest"] == "factory" else turn["item"]) for start, turn in sorted(turns.items())]))`;

/** What the player's own programme.py makes of a manifest on the local days of some instants: start, end and item of each turn. */
export function turnsInPython(manifest: unknown, instants: readonly number[]) {
  const { stdout, stderr } = spawnSync(python ?? 'python3', ['-B', '-c', askTurns], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: import.meta.dirname },
    input: JSON.stringify([manifest, instants]),
    maxBuffer: 2 ** 24,
  });
  if (stdout === '') throw new Error(stderr);
  return z.array(z.tuple([z.int(), z.int(), z.string().nullable()])).parse(JSON.parse(stdout));
}

/** The base player, or the one that obeys orders besides; `address` is the server's, or an enrolment token. */
export function startPython(folder: string, address: string, program: 'player.py' | 'orders.py' = 'player.py'): PythonPlayer {
  const child = spawn(python ?? 'python3', ['-B', join(import.meta.dirname, program), folder, address], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  const told: Told[] = [];
  let faults = '';
  createInterface({ input: child.stdout }).on('line', (line) => told.push(toldSchema.parse(JSON.parse(line))));
  child.stderr.on('data', (bytes: Buffer) => (faults += bytes.toString('utf8')));
  let seen = 0;
  return {
    folder,
    async tells(what, fits = () => true) {
      return vi.waitFor(
        () => {
          const isIt = (each: Told): each is Extract<Told, { what: typeof what }> => each.what === what && fits(each as Extract<Told, { what: typeof what }>);
          const at = told.findIndex((each, index) => index >= seen && isIt(each));
          const found = told[at];
          if (!found || !isIt(found)) throw new Error(`not told: ${what}\n${JSON.stringify(told.slice(seen)).slice(0, 2_000)}\n${faults}`);
          seen = at + 1;
          return found;
        },
        { timeout: 15_000, interval: 20 },
      );
    },
    journal: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.journal') && existsSync(join(folder, name)))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
