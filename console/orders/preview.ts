// A template's sentence while it is being filled: what is typed, and which gaps are left.
import { alertTemplates, markDrill, slotSchema, type AlertTemplate } from '../../core/alert-templates.ts';
import type { Language } from '../../core/primitives.ts';

export interface Piece {
  readonly text: string;
  /** A gap that nobody has filled yet; the text is what belongs there. */
  readonly gap: boolean;
}

/** The headline in a language, cut at its slots. */
export function headlinePieces({ headline, slots }: AlertTemplate, words: Readonly<Record<string, string>>, drill: boolean, language: Language): Piece[] {
  const marked = markDrill(headline, drill)[language] ?? headline[language];
  return marked
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const slot = /^\{(\w+)\}$/.exec(part)?.[1];
      if (slot === undefined) return { text: part, gap: false };
      const typed = words[slot]?.trim() ?? '';
      return typed === '' ? { text: slots[slot]?.[language].toLocaleLowerCase('vi') ?? slot, gap: true } : { text: typed, gap: false };
    });
}

/** Whether a slot's words may stand on a screen; an empty one is a gap, not a mistake. */
export function slotIsWrong(typed: string): boolean {
  return typed.trim() !== '' && !slotSchema.safeParse(typed.normalize('NFC')).success;
}

/** The words for the API, or `undefined` while one is missing or wrong. */
export function filledSlots(name: keyof typeof alertTemplates, words: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const filled = Object.keys(alertTemplates[name].slots).map((slot) => [slot, (words[slot] ?? '').trim().normalize('NFC')] as const);
  return filled.every(([, word]) => slotSchema.safeParse(word).success) ? Object.fromEntries(filled) : undefined;
}
