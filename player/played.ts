// What was on screen when, from the journal's entries alone.
import type { Outcome, PlayEntry } from '../core/play.ts';

export interface ChainEntry {
  readonly chain: string;
  readonly entry: PlayEntry;
}

export interface Shown {
  readonly chain: string;
  readonly seq: number;
  readonly from: number;
  /** null while nothing was written after it: it is on screen still, or its end was never written. */
  readonly to: number | null;
  readonly manifest: string;
  /** What was really seen. */
  readonly item: string;
  readonly scene: string;
  /** What the programme had planned in its place, and why it did not show. */
  readonly planned?: { readonly item: string; readonly reason: string };
  readonly outcome: Outcome | null;
  readonly reason?: string;
  readonly clockTrusted: boolean;
}

type Opening = Extract<PlayEntry, { kind: 'open' }>;
type Closing = Extract<PlayEntry, { kind: 'close' }>;

function shown(chain: string, open: Opening, close: Closing | undefined, after: PlayEntry | undefined): Shown {
  const { seq, at, manifest, item, scene, substitute, clockTrusted } = open;
  // What was never closed lasted at most to what was written next.
  const to = close?.at ?? after?.at ?? null;
  return {
    ...{ chain, seq, from: at, to: to === null ? null : Math.max(at, to), manifest, item: substitute?.item ?? item, scene },
    ...(substitute ? { planned: { item, reason: substitute.reason } } : {}),
    ...{ outcome: close?.outcome ?? null, clockTrusted: clockTrusted && (close?.clockTrusted ?? true) },
    ...(close?.reason === undefined ? {} : { reason: close.reason }),
  };
}

/** All that was shown, in the order in which it was written. @param entries of each chain in their order */
export function allShown(entries: readonly ChainEntry[]): Shown[] {
  return [...new Set(entries.map(({ chain }) => chain))].flatMap((chain) => {
    const list = entries.filter((each) => each.chain === chain);
    const closes = new Map(list.flatMap(({ entry }) => (entry.kind === 'close' ? [[entry.opened, entry] as const] : [])));
    return list.flatMap(({ entry }, index) => (entry.kind === 'open' ? [shown(chain, entry, closes.get(entry.seq), list[index + 1]?.entry)] : []));
  });
}

/** What was shown at any moment of `[from, until)`, by its start. More than one at an instant only where the clock was set back. */
export function shownBetween(entries: readonly ChainEntry[], from: number, until: number): Shown[] {
  return allShown(entries)
    .filter((each) => each.from < until && (each.to === null || each.to > from))
    .sort((a, b) => a.from - b.from || a.seq - b.seq);
}

/** The last play that had ended by then, with how it ended. */
export function lastBefore(entries: readonly ChainEntry[], at: number): Shown | undefined {
  return allShown(entries)
    .filter(({ to }) => to !== null && to <= at)
    .reduce<Shown | undefined>((last, next) => (last && (last.to ?? 0) > (next.to ?? 0) ? last : next), undefined);
}

export function shownAt(entries: readonly ChainEntry[], at: number): Shown[] {
  return shownBetween(entries, at, at + 1);
}
