// The widths of Be Vietnam Pro's characters as core/legibility/advance-widths.json carries them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { advanceWidths } from './woff.ts';

const weights = [500, 600, 700, 800];
const subsets = ['latin', 'vietnamese'];
const { resolve } = createRequire(import.meta.url);

export interface AdvanceWidths {
  readonly characters: string;
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

export function measureFont(): AdvanceWidths {
  const byWeight = weights.map((weight) => {
    const files = subsets.map((subset) => readFileSync(resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff`)));
    return { weight, widths: new Map(files.flatMap((file) => [...advanceWidths(file)])) };
  });
  // Precomposed letters and signs only: texts are NFC.
  const characters = [...new Set(byWeight.flatMap(({ widths }) => [...widths.keys()]))].filter((character) => /[^\p{M}\p{C}]/u.test(character)).sort();
  return {
    characters: characters.join(''),
    weights: Object.fromEntries(byWeight.map(({ weight, widths }) => [String(weight), characters.map((character) => widths.get(character) ?? 0)])),
  };
}
