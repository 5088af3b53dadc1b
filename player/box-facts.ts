// What the box tells of itself: room on its disk, temperature and throttling where its board knows them. Read now and then, never in the way.
import { execFile } from 'node:child_process';
import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HealthReport } from '../core/health.ts';
import { faultText, type Log } from './log.ts';
import { every, type MachineClock } from './machine-clock.ts';

export interface BoxFacts {
  readonly disk: NonNullable<HealthReport['disk']> | null;
  readonly board: NonNullable<HealthReport['board']>;
}

export interface BoxSources {
  readonly dataDir: string;
  /** Where Linux keeps its thermal zones. */
  readonly thermalDir?: string;
  /** What a Raspberry Pi's firmware says of its throttling, such as `throttled=0x50005`; rejects elsewhere. */
  readonly askThrottled?: () => Promise<string>;
  readonly log: Log;
}

const run = promisify(execFile);
const commandMs = 2_000;
const readEveryMs = 30_000;
/** The lower four bits are about now, the higher ones about the past. https://www.raspberrypi.com/documentation/computers/os.html#get_throttled */
const throttledNow = 0xf;

const vcgencmd = async () => (await run('vcgencmd', ['get_throttled'], { timeout: commandMs })).stdout;

/** The hottest zone, degrees Celsius; `null` where the board tells none. */
async function readCelsius(folder: string): Promise<number | null> {
  const zones = await readdir(folder).catch(() => []);
  const texts = zones.filter((name) => name.startsWith('thermal_zone')).map((name) => readFile(join(folder, name, 'temp'), 'utf8').catch(() => ''));
  const degrees = (await Promise.all(texts)).map((text) => Number.parseInt(text, 10) / 1_000).filter((value) => value > -40 && value < 150);
  return degrees.length > 0 ? Math.round(Math.max(...degrees) * 10) / 10 : null;
}

async function readThrottled(ask: () => Promise<string>): Promise<boolean | null> {
  const text = await ask().catch(() => '');
  const bits = /throttled=(0x[0-9a-f]+)/i.exec(text)?.[1];
  return bits === undefined ? null : (Number(bits) & throttledNow) !== 0;
}

/** Reads everything once. */
export async function readBoxFacts({ dataDir, thermalDir = '/sys/class/thermal', askThrottled = vcgencmd, log }: BoxSources): Promise<BoxFacts> {
  const disk = await statfs(dataDir).then(
    ({ bavail, blocks, bsize }) => ({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }),
    (fault: unknown) => {
      log.warn({ fault: faultText(fault) }, 'the room on the disk cannot be read');
      return null;
    },
  );
  const [celsius, throttled] = await Promise.all([readCelsius(thermalDir), readThrottled(askThrottled)]);
  return { disk, board: { celsius, throttled } };
}

/** The latest facts, read anew twice a minute. */
export function followBoxFacts(sources: BoxSources, clock: MachineClock): { readonly facts: BoxFacts; stop(): void } {
  let facts: BoxFacts = { disk: null, board: { celsius: null, throttled: null } };
  const read = () => void readBoxFacts(sources).then((next) => (facts = next));
  read();
  const stop = every(clock, readEveryMs, read);
  return {
    get facts() {
      return facts;
    },
    stop,
  };
}
