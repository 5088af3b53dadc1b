// How many lines words take in a room, from the measured widths of the product's font; `npm run fonts:measure` makes them again.
import widths from './advance-widths.json' with { type: 'json' };

export const fontWeights = [500, 600, 700, 800] as const;
export type FontWeight = (typeof fontWeights)[number];

/** Thinnest stroke of each weight (the bar of a hyphen), in letter sizes. */
export const strokeEm: Readonly<Record<FontWeight, number>> = { 500: 0.093, 600: 0.107, 700: 0.12, 800: 0.134 };

/** For characters that the font lacks: about the widest letter. */
const unknownWidth = 1_000;
const byWeight = new Map<FontWeight, ReadonlyMap<string, number>>(
  fontWeights.map((weight) => {
    const measured = widths.weights[`${weight}`];
    return [weight, new Map([...widths.characters].map((character, index) => [character, measured[index] ?? unknownWidth]))];
  }),
);

/** Width of a line in letter sizes, without kerning. */
export function widthEm(text: string, weight: FontWeight): number {
  const known = byWeight.get(weight);
  const sum = [...text.normalize('NFC')].reduce((total, character) => total + (known?.get(character) ?? unknownWidth), 0);
  return sum / 1_000;
}

export interface Lines {
  readonly count: number;
  /** Of the widest line, in letter sizes. */
  readonly widestEm: number;
}

/**
 * Breaks at ordinary spaces only, as the stage does; a part longer than the room stands in its own line.
 * `trackingEm` is added to every character.
 */
export function breakLines(text: string, weight: FontWeight, roomEm: number, trackingEm = 0): Lines {
  const space = widthEm(' ', weight) + trackingEm;
  let count = 0;
  let widestEm = 0;
  let line = Infinity;
  for (const part of text.split(/[ \n]+/).filter((each) => each !== '')) {
    const width = widthEm(part, weight) + trackingEm * part.length;
    if (line + space + width > roomEm) {
      count++;
      line = width;
    } else line += space + width;
    widestEm = Math.max(widestEm, line);
  }
  return { count, widestEm };
}
