// The language of this browser's console: Vietnamese first, remembered when switched.
import { languages, type Language } from '../core/primitives.ts';
import { textOf, type Say } from './messages.ts';

const storageKey = 'ihanoi-console-language';

function remembered(): Language {
  try {
    const stored = localStorage.getItem(storageKey);
    return languages.find((language) => language === stored) ?? 'vi';
  } catch {
    // Storage may be forbidden; the console then begins in Vietnamese each time.
    return 'vi';
  }
}

let current = $state<Language>(remembered());

export const language = {
  get current(): Language {
    return current;
  },
  use(next: Language): void {
    current = next;
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // See above: then it holds until the page is left.
    }
  },
};

/** A text of the catalog in the language of now. */
export const say: Say = (key, ...slots) => textOf(current, key, ...slots);
