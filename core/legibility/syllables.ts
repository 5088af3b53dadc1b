// How much there is to read, in Vietnamese syllables: every written word is one, and a number belongs to the word before it.
import { officialName } from '../keep-together.ts';

/** Syllables of a text; the app's official name, known by sight, is not counted. */
export function countSyllables(text: string): number {
  const words = text
    .normalize('NFC')
    .split(officialName)
    .join(' ')
    .split(/[\s/–—-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const isNumber = (word: string) => /^[\d.,:%]+$/.test(word);
  return words.filter((word, index) => index === 0 || !isNumber(word)).length;
}
