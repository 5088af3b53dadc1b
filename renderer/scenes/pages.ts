// Which rows of a long table are on screen at an instant: even pages, equal shares of the turn, the same on every screen.

/** A page stays at least this long. */
export const minPageMs = 5_000;

export interface Page {
  /** Rows `[from, until)`. */
  readonly from: number;
  readonly until: number;
}

/** Cuts `count` rows into as few pages as hold them, of nearly equal length. */
export function cutPages(count: number, perPage: number): Page[] {
  const pages = Math.max(1, Math.ceil(count / perPage));
  return Array.from({ length: pages }, (_, index) => ({ from: Math.round((index * count) / pages), until: Math.round(((index + 1) * count) / pages) }));
}

/** An even spread of a turn's start over `[0, below)`, equal on every machine, so that successive turns differ. */
export function pickByTurn(start: number, below: number): number {
  let hash = Math.floor(start / 1_000) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x45d9f3b) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) % Math.max(1, below);
}

/** The pages of one turn: all of them if each can stay long enough, else the first and a run of the others that differs from turn to turn. */
export function pagesOfTurn(pages: readonly Page[], start: number, end: number): Page[] {
  const room = Math.max(1, Math.floor((end - start) / minPageMs));
  if (pages.length <= room) return [...pages];
  const [first, ...others] = pages;
  if (!first || room === 1) return pages.slice(0, 1);
  const begin = pickByTurn(start, others.length);
  const run = Array.from({ length: room - 1 }, (_, index) => others[(begin + index) % others.length]).filter((page) => page !== undefined);
  return [first, ...run];
}

/** Index of the page at an instant; the last page stays when a turn runs over. */
export function pageAt(count: number, start: number, end: number, now: number): number {
  const share = (now - start) / Math.max(1, end - start);
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}
