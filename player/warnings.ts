// What the player noticed and people should know: one line for each kind, since when, gone a day after the last sign of it.
import { maxWarnings, type Warning, type WarningCode } from '../core/warnings.ts';

export interface Warnings {
  /** Something happened once. */
  raise(code: WarningCode, detail: string): void;
  /** A state that lasts: told while it is so. */
  hold(code: WarningCode, isSo: boolean, detail?: string): void;
  list(): Warning[];
}

const toldForMs = 24 * 3_600_000;
const longestDetail = 300;

interface Entry {
  readonly warning: Warning;
  /** When it leaves by itself; absent for a state. */
  readonly untilMonoMs?: number;
}

/** @param now server's time, for people */
export function openWarnings(now: () => number, monoMs: () => number): Warnings {
  const entries = new Map<WarningCode, Entry>();
  const put = (code: WarningCode, detail: string | undefined, untilMonoMs: number | undefined) => {
    const since = entries.get(code)?.warning.since ?? now();
    const warning = { code, since, ...(detail === undefined ? {} : { detail: detail.slice(0, longestDetail) }) };
    entries.set(code, untilMonoMs === undefined ? { warning } : { warning, untilMonoMs });
  };
  return {
    raise: (code, detail) => put(code, detail, monoMs() + toldForMs),
    hold(code, isSo, detail) {
      if (isSo) put(code, detail, undefined);
      else entries.delete(code);
    },
    list() {
      for (const [code, { untilMonoMs }] of entries) if (untilMonoMs !== undefined && monoMs() >= untilMonoMs) entries.delete(code);
      return [...entries.values()].map(({ warning }) => warning).slice(0, maxWarnings);
    },
  };
}
