// The time that turns go by: the player's word of it, carried on by the monotonic clock, so that a machine's clock that is set moves nothing on screen before the player has judged it.

export interface TurnTime {
  /** Whole milliseconds, the server's clock. */
  now(): number;
  /** What a plan says: server's clock less the machine's. */
  follow(clockOffsetMs: number): void;
}

export interface TurnTimeDeps {
  readonly machineNow: () => number;
  /** Never set, never jumps; stands still while the machine sleeps. */
  readonly monoNow: () => number;
}

/** Smaller steps of the machine's clock are left to the player, who is told of them within seconds. */
const leastStepMs = 1_000;
/** A step on which no player has said a word for so long was made while there is none, or while the machine slept: then its clock is all there is. */
const patienceMs = 5_000;

export function turnTime({ machineNow, monoNow }: TurnTimeDeps): TurnTime {
  let offsetMs = 0;
  let anchor = { at: machineNow(), monoMs: monoNow() };
  let steppedMonoMs: number | undefined;

  const follow = (clockOffsetMs: number) => {
    offsetMs = clockOffsetMs;
    anchor = { at: Math.round(machineNow() + offsetMs), monoMs: monoNow() };
    steppedMonoMs = undefined;
  };

  return {
    follow,
    now() {
      const monoMs = monoNow();
      const carried = Math.round(anchor.at + monoMs - anchor.monoMs);
      if (Math.abs(machineNow() + offsetMs - carried) < leastStepMs) {
        steppedMonoMs = undefined;
        return carried;
      }
      steppedMonoMs ??= monoMs;
      if (monoMs - steppedMonoMs < patienceMs) return carried;
      follow(offsetMs);
      return anchor.at;
    },
  };
}
