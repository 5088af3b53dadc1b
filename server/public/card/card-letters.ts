// Words and figures of the card as SVG in the product's own font, wherever it is drawn: the font comes from the package, figures stand in columns.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { widthEm, type FontWeight } from '../../../core/legibility/text-layout.ts';
import { html, type Html } from '../html.ts';

const family = 'Be Vietnam Pro';
const fonts = [
  { name: `${family} SemiBold`, file: import.meta.resolve('@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf') },
  { name: `${family} ExtraBold`, file: import.meta.resolve('@expo-google-fonts/be-vietnam-pro/800ExtraBold/BeVietnamPro_800ExtraBold.ttf') },
];
let ready: Promise<unknown> | undefined;

/** A font file that was drawn with once is known to every picture that this process draws afterwards; the machine need not have it. */
export function loadFonts(): Promise<unknown> {
  ready ??= Promise.all(
    fonts.map(({ name, file }) =>
      sharp({ text: { text: 'Ặ', font: `${name} 20`, fontfile: fileURLToPath(file), dpi: 72 } })
        .png()
        .toBuffer(),
    ),
  );
  return ready;
}

export interface Letters {
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  /** Pixels. */
  readonly size: number;
  readonly weight?: Extract<FontWeight, 600 | 800>;
  readonly color: string;
  /** Made smaller until they fit. */
  readonly room?: number;
}

/** Words from the left. */
export function words(text: string, { x, y, size, weight = 600, color, room = Infinity }: Letters): Html {
  const clean = text.normalize('NFC');
  const fitted = Math.min(size, room / Math.max(0.01, widthEm(clean, weight)));
  return html`<text x="${x}" y="${y}" font-family="${family}" font-size="${fitted}" font-weight="${weight}" fill="${color}">${clean}</text>`;
}

/** Room that words take. */
export const wordsWidth = (text: string, size: number, weight: Extract<FontWeight, 600 | 800> = 600): number => widthEm(text.normalize('NFC'), weight) * size;

/** Figures that end at `x`: every digit takes the same room, so that those below each other line up. Each stands alone, as not every drawer takes a list of places. */
export function figures(text: string, { x, y, size, weight = 800, color }: Letters): Html {
  let start = x - figuresWidth(text, size, weight);
  return html`${[...text].map((letter) => {
    const width = figuresWidth(letter, size, weight);
    start += width;
    return html`<text x="${start - width / 2}" y="${y}" text-anchor="middle" font-family="${family}" font-size="${size}" font-weight="${weight}" fill="${color}"
      >${letter}</text
    >`;
  })}`;
}

/** Room that figures take. */
export function figuresWidth(text: string, size: number, weight: Extract<FontWeight, 600 | 800> = 800): number {
  return [...text].reduce((sum, letter) => sum + widthEm(/\d/.test(letter) ? '0' : letter, weight) * size, 0);
}

/** Words broken at spaces into lines of a width, pixels. */
export function linesOf(text: string, size: number, room: number): string[] {
  return text
    .normalize('NFC')
    .split(' ')
    .reduce<string[]>((lines, part) => {
      const longer = `${lines.at(-1) ?? ''} ${part}`.trim();
      return widthEm(longer, 600) * size <= room && lines.length > 0 ? [...lines.slice(0, -1), longer] : [...lines, part];
    }, []);
}
