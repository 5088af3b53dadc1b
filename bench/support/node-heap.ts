// The heap of a Node process that was started with `--inspect`: what is left in use after its garbage was collected.
import WebSocket from 'ws';
import { z } from 'zod';

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() }));
const answerSchema = z.object({ id: z.int(), result: z.object({ usedSize: z.number().optional() }) });

export interface NodeHeap {
  /** Bytes in use, garbage collected before. */
  used(): Promise<number>;
  close(): void;
}

/** @param port of its inspector on this machine */
export async function openNodeHeap(port: number): Promise<NodeHeap> {
  const [target] = targetsSchema.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json());
  if (!target) throw new Error(`nothing can be inspected at port ${port}`);
  const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let last = 0;
  const call = (method: string): Promise<number | undefined> =>
    new Promise((resolve) => {
      const id = (last += 1);
      const listen = (data: Buffer) => {
        const answer = answerSchema.safeParse(JSON.parse(data.toString('utf8')));
        if (answer.data?.id !== id) return;
        socket.off('message', listen);
        resolve(answer.data.result.usedSize);
      };
      socket.on('message', listen);
      socket.send(JSON.stringify({ id, method }));
    });
  await call('HeapProfiler.enable');
  return {
    async used() {
      await call('HeapProfiler.collectGarbage');
      return (await call('Runtime.getHeapUsage')) ?? 0;
    },
    close: () => socket.close(),
  };
}
