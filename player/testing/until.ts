// Waits until something holds, with the patience of a busy machine.
import { vi } from 'vitest';

const patienceMs = 25_000;

/** @throws what the check threw last */
export const until = <T>(check: () => T, timeout = patienceMs): Promise<T> => vi.waitFor(check, { timeout, interval: 10 });
