// A screen's journal for tests: turns as a player writes them, each entry chained to the one before.
import { firstPrev, type Outcome } from '../../core/play.ts';
import { sha256 } from '../keys/ed25519.ts';

export interface Turn {
  readonly at: number;
  readonly ms: number;
  readonly item: string;
  readonly manifest: string;
  readonly outcome?: Outcome;
  readonly reason?: string;
  readonly trusted?: boolean;
  /** How far the wall clock is moved during the turn. */
  readonly jumpMs?: number;
  readonly noteBefore?: boolean;
  readonly substitute?: string;
}

export function journalOf(turns: readonly Turn[]): string[] {
  const texts: string[] = [];
  let monoMs = 1_000.5;
  const prev = () => (texts.length > 0 ? sha256(texts.at(-1) ?? '') : firstPrev);
  const add = (entry: object) => texts.push(JSON.stringify({ seq: texts.length + 1, prev: prev(), monoMs, ...entry }));
  for (const { at, ms, item, outcome = 'complete', reason, trusted = true, jumpMs = 0, noteBefore, substitute, ...turn } of turns) {
    if (noteBefore) add({ kind: 'note', at, clockTrusted: trusted, code: 'torn-tail', detail: '' });
    const instead = substitute === undefined ? {} : { substitute: { item: substitute, reason: 'quarantined' } };
    add({
      kind: 'open',
      at,
      clockTrusted: trusted,
      manifest: turn.manifest,
      item,
      scene: 'install',
      ...instead,
      plannedStart: at,
      plannedEnd: at + ms,
    });
    const opened = texts.length;
    monoMs += ms;
    add({ kind: 'close', at: at + ms + jumpMs, clockTrusted: trusted, opened, outcome, ...(reason === undefined ? {} : { reason }) });
  }
  return texts;
}
