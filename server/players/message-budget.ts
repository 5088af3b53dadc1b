// How much one connection may say: a burst, refilled with time. A player says a few words a minute.
const burst = 60;
const refillPerSecond = 2;

/** @returns a function that spends one message and says whether there was one left */
export function messageBudget(now: () => number): () => boolean {
  let left = burst;
  let at = now();
  return () => {
    const instant = now();
    left = Math.min(burst, left + (Math.max(0, instant - at) / 1000) * refillPerSecond);
    at = instant;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
