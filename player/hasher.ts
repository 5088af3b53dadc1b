// Hashes in a thread of its own. Where no thread can be had, the work is done here, in small parts.
import { Worker } from 'node:worker_threads';
import { hashTasks, type Hashed, type HashTask } from './hash-tasks.ts';
import { faultText, type Log } from './log.ts';

export interface GrowingHash {
  /** What it began with. */
  readonly bytes: number;
  add(part: Uint8Array): Promise<void>;
  end(): Promise<string>;
}

export interface Hasher {
  /** @throws the file system's fault, with its code */
  file(path: string, bytesPerSecond?: number): Promise<Hashed>;
  /** @throws the file system's fault, with its code */
  begin(path?: string): Promise<GrowingHash>;
  close(): Promise<void>;
}

export type ThreadAnswer =
  | { readonly id: number; readonly ok: true; readonly hashed: Hashed }
  | { readonly id: number; readonly ok: false; readonly code: string | undefined; readonly text: string };

interface Waiting {
  readonly resolve: (hashed: Hashed) => void;
  readonly reject: (fault: Error) => void;
}

type CarryOut = (task: HashTask) => Promise<Hashed>;

/** As it is written, or beside the built file. */
const threadUrl = new URL(import.meta.url.endsWith('.ts') ? './hash-thread.ts' : './hash-thread.js', import.meta.url);

/** @param fell called once, when the thread is gone */
function startThread(url: URL, fell: (fault: Error) => void): { carryOut: CarryOut; stop(): Promise<void> } {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isOver = false;
  const thread = new Worker(url, { name: 'hashing' });
  // A player that has nothing else to do may end.
  thread.unref();
  const end = (fault: Error) => {
    if (isOver) return;
    isOver = true;
    fell(fault);
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  thread.on('message', (answer: ThreadAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) asked?.resolve(answer.hashed);
    else asked?.reject(Object.assign(new Error(answer.text), { code: answer.code }));
  });
  thread.on('error', (fault) => end(fault instanceof Error ? fault : new Error(faultText(fault))));
  thread.on('exit', () => end(new Error('the hashing thread has ended')));
  return {
    carryOut: (task) =>
      new Promise((resolve, reject) => {
        if (isOver) return reject(new Error('the hashing thread has ended'));
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        thread.postMessage({ id: lastId, task });
      }),
    async stop() {
      await thread.terminate();
    },
  };
}

/** Starts its thread with the first task. */
export function openHasher(log: Log, url = threadUrl): Hasher {
  let thread: ReturnType<typeof startThread> | undefined;
  let here: CarryOut | undefined;
  let lastGrowing = 0;
  let isClosed = false;

  const carryOut: CarryOut = (task) => {
    if (isClosed) return Promise.reject(new Error('hashing has ended'));
    if (here) return here(task);
    thread ??= startThread(url, (fault) => {
      here = hashTasks();
      if (!isClosed) log.error({ fault: faultText(fault) }, 'the hashing thread fell, hashing goes on without it');
    });
    return thread.carryOut(task);
  };

  return {
    file: (path, bytesPerSecond) => carryOut({ kind: 'file', path, bytesPerSecond }),
    async begin(path) {
      lastGrowing += 1;
      const growing = lastGrowing;
      const { bytes } = await carryOut({ kind: 'begin', growing, path });
      return {
        bytes,
        async add(part) {
          await carryOut({ kind: 'add', growing, part });
        },
        async end() {
          return (await carryOut({ kind: 'end', growing })).sha256;
        },
      };
    },
    async close() {
      isClosed = true;
      await thread?.stop();
    },
  };
}
