// How a motto is set on a screen: its word once beside the phrases, or two lines of one width where riders look.
import { inLanguage, type Language } from './primitives.ts';
import type { Shape } from './profile.ts';
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

export function mottoLines({ word, phrases }: SceneProps<'motto'>, language: Language): MottoLines {
  const glued = (text: string) => text.replaceAll(' ', '\u00a0');
  const each = phrases.map((phrase) => inLanguage(phrase, language));
  const half = Math.ceil(each.length / 2);
  const first = `${inLanguage(word, language)} ${each.slice(0, half).join(', ')},`;
  return { word: inLanguage(word, language), phrases: each.map(glued), lines: [glued(first), glued(each.slice(half).join(', '))] };
}
