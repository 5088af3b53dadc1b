// What the stage does with a group of words, without a page: the largest size that fits, and which lines leave when none does.
import type { Line, WordGroup } from './main-words.ts';
import { breakLines } from './text-layout.ts';

export interface FittedWords {
  /** Letter size of a line: the largest that fits, under the least where even that is too large. */
  readonly pxOf: (line: Line) => number;
  /** The least size allowed, where even that is too large. */
  readonly cutPx: number | undefined;
  readonly shown: readonly Line[];
  readonly leftOut: readonly Line[];
  /** Fewest lines that the shown words need: at the least size. */
  readonly fewestLines: number;
}

const sizeOf = ({ em, floorPx = 0 }: Line, groupPx: number) => Math.max(groupPx * em, floorPx);

function fitsAt({ widthPx, heightPx }: WordGroup, lines: readonly Line[], groupPx: number, scaled: number): boolean {
  let height = 0;
  for (const line of lines) {
    const size = sizeOf(line, groupPx) * scaled;
    const { count, widestEm } = breakLines(line.text + (line.beside ?? ''), line.weight, widthPx / size, line.trackingEm);
    if ((widestEm + (line.besideEm ?? 0)) * size > widthPx) return false;
    height += size * (count * line.line + (line.gapEm ?? 0));
  }
  return height <= heightPx;
}

/** As the stage searches: by halves, since what fits at one size fits at every smaller one. */
function largest(from: number, to: number, fits: (size: number) => boolean): number | undefined {
  if (!fits(from)) return undefined;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function fitWords(group: WordGroup): FittedWords {
  const min = Math.ceil(group.minPx);
  const max = Math.max(min, Math.floor(group.maxPx));
  const dropping = group.lines.filter(({ drop }) => drop !== undefined).sort((a, b) => (b.drop ?? 0) - (a.drop ?? 0));
  const without = (count: number) => group.lines.filter((line) => !dropping.slice(0, count).includes(line));
  const fewestLines = (lines: readonly Line[]) =>
    lines
      .filter(({ fixed }) => fixed !== true)
      .reduce((sum, line) => sum + breakLines(line.text, line.weight, group.widthPx / sizeOf(line, min), line.trackingEm).count, 0);
  const answer = (dropped: number, cutPx: number | undefined, pxOf: FittedWords['pxOf']) => {
    const shown = without(dropped);
    return { pxOf, shown, cutPx, leftOut: dropping.slice(0, dropped), fewestLines: fewestLines(shown) };
  };
  for (let dropped = 0; dropped <= dropping.length; dropped++) {
    const sizePx = largest(min, max, (size) => fitsAt(group, without(dropped), size, 1));
    if (sizePx !== undefined) return answer(dropped, undefined, (line) => sizeOf(line, sizePx));
  }
  // Too much even so: how small everything would have to be.
  const percent = largest(1, 99, (share) => fitsAt(group, without(dropping.length), min, share / 100)) ?? 1;
  return answer(dropping.length, min, (line) => (sizeOf(line, min) * percent) / 100);
}
