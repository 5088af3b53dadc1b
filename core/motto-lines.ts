// How a motto is set on a screen: its word once beside the phrases, or two lines of one width where riders look.
import { inLanguage, type Language } from './primitives.ts';
import type { Shape } from './profile.ts';
import { widthEm } from './legibility/text-layout.ts';
import type { SceneProps } from './scenes.ts';

export type MottoLayout = 'list' | 'lockup';

/** Riders read two lines, not seven: on wide streets the phrases run on. */
export function mottoLayout({ flat, shape }: { readonly flat: boolean; readonly shape: Shape }): MottoLayout {
  return shape === 'strip' || (flat && shape === 'landscape') ? 'lockup' : 'list';
}

export interface MottoLines {
  readonly word: string;
  readonly phrases: readonly string[];
  /** "Dân biết, bàn, làm," and "kiểm tra, giám sát, thụ hưởng", their spaces glued. */
  readonly lines: readonly [string, string];
}

/** Of the two lines, in letter sizes: weight, height, and what is added to every character. */
export const mottoType = { weight: 800, line: 1.3, trackingEm: -0.012 } as const;

/** Heights of the two lines' rows, so that both stand in the middle of their room together, the wider in smaller letters. */
export function mottoRows(lines: MottoLines['lines'], { widthPx, heightPx, maxPx }: Readonly<Record<'widthPx' | 'heightPx' | 'maxPx', number>>) {
  const [first, second] = lines.map((text) => {
    const em = widthEm(text, mottoType.weight) + mottoType.trackingEm * text.length;
    return Math.min(maxPx, widthPx / em) * mottoType.line;
  }) as [number, number];
  const seam = (heightPx + first - second) / 2;
  return [seam, heightPx - seam] as const;
}

export function mottoLines({ word, phrases }: SceneProps<'motto'>, language: Language): MottoLines {
  const glued = (text: string) => text.replaceAll(' ', '\u00a0');
  const each = phrases.map((phrase) => inLanguage(phrase, language));
  const half = Math.ceil(each.length / 2);
  const first = `${inLanguage(word, language)} ${each.slice(0, half).join(', ')},`;
  return { word: inLanguage(word, language), phrases: each.map(glued), lines: [glued(first), glued(each.slice(half).join(', '))] };
}
