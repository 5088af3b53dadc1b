// The hashing thread: takes tasks from the player and answers each, so that no long hash holds up a picture.
import { parentPort } from 'node:worker_threads';
import { hashTasks, type HashTask } from './hash-tasks.ts';
import { faultText } from './log.ts';
import type { ThreadAnswer } from './hasher.ts';

const port = parentPort;
if (!port) throw new Error('the hashing thread was started without its player');
const carryOut = hashTasks();
const say = (answer: ThreadAnswer) => port.postMessage(answer);

port.on('message', ({ id, task }: { id: number; task: HashTask }) => {
  carryOut(task).then(
    (hashed) => say({ id, ok: true, hashed }),
    (fault: unknown) => say({ id, ok: false, code: (fault as NodeJS.ErrnoException).code, text: faultText(fault) }),
  );
});
