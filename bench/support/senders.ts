// Boxes that hand in what they have, in a process of their own: each sends one body after the other, and all of them at once.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const orderSchema = z.object({ url: z.string(), queues: z.array(z.array(z.string())) });
type Order = z.infer<typeof orderSchema>;
const answerSchema = z.union([z.object({ ms: z.number() }), z.object({ refused: z.string() })]);

/** @returns how long it took until the last of them was answered, milliseconds @throws Error when one is refused */
export async function sendAll(order: Order): Promise<number> {
  const child = fork(import.meta.filename);
  child.send(order);
  const [message] = (await once(child, 'message')) as [unknown];
  child.kill();
  const answer = answerSchema.parse(message);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.ms;
}

async function run({ url, queues }: Order): Promise<void> {
  const began = performance.now();
  await Promise.all(
    queues.map(async (bodies) => {
      for (const body of bodies) {
        const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        if (!answer.ok) throw new Error(await answer.text());
        await answer.arrayBuffer();
      }
    }),
  );
  process.send?.({ ms: performance.now() - began });
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order) => void run(orderSchema.parse(order)).catch((error: unknown) => process.send?.({ refused: String(error) })));
