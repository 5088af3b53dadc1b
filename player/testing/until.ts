// Waits until something holds, with the patience of a busy machine.
import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 25_000;

/** @throws what the check threw last */
export async function until<T>(check: () => T | Promise<T>, limitMs = patienceMs): Promise<T> {
  for (const end = performance.now() + limitMs; ; await pause(10)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}
