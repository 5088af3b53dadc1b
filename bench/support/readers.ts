// A process full of readers of a page, or of phones that open a code: each asks again as soon as it was answered, and the times of all are told. Beside the server, so that what they cost is not counted as its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { z } from 'zod';
import { percentile } from './report.ts';

const orderSchema = z.object({
  url: z.string(),
  count: z.int(),
  seconds: z.number(),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  addresses: z.boolean(),
});
type Order = z.infer<typeof orderSchema>;
const timesSchema = z.object({ times: z.array(z.number()), failed: z.array(z.int()) });

export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

interface More {
  /** What is expected; 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Each request behind an address of its own, as nginx hands it on. */
  readonly addresses?: boolean;
}

/** @throws Error when any answer has another status */
export async function readers(count: number, url: string, seconds: number, { status = 200, headers = {}, addresses = false }: More = {}): Promise<Load> {
  const child = fork(import.meta.filename);
  const order: Order = { url, count, seconds, status, headers: { ...headers }, addresses };
  child.send(order);
  const [message] = (await once(child, 'message')) as [unknown];
  child.kill();
  const { times, failed } = timesSchema.parse(message);
  if (failed.length > 0) throw new Error(`${url} answered ${failed.length} times with ${[...new Set(failed)].join(', ')}`);
  return { perSecond: times.length / seconds, p99Ms: percentile(times, 0.99) };
}

/** The lightest client that there is: no pool but its own sockets, no body but counted away. */
function ask(url: string, agent: Agent, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    }).on('error', reject);
  });
}

async function run({ url, count, seconds, status, headers, addresses }: Order): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const times: number[] = [];
  const failed: number[] = [];
  const until = performance.now() + seconds * 1_000;
  let sent = 0;
  const reader = async () => {
    while (performance.now() < until) {
      const number = sent++;
      const own = addresses ? { 'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` } : {};
      const began = performance.now();
      const answered = await ask(url, agent, { ...headers, ...own });
      times.push(performance.now() - began);
      if (answered !== status) failed.push(answered);
    }
  };
  await Promise.all(Array.from({ length: count }, reader));
  process.send?.({ times, failed });
}

if (process.argv[1] === import.meta.filename) process.once('message', (order) => void run(orderSchema.parse(order)));
