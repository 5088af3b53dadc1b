// An alert while it is being written: from a template or in free words, as the API takes it and as the preview shows it.
import { alertTemplates, markDrill, type TemplateName } from '../../core/alert-templates.ts';
import type { NewAlert } from '../../core/order-api.ts';
import type { Priority } from '../../core/orders.ts';
import { languages, localTextSchema, type LocalText } from '../../core/primitives.ts';
import { filledSlots, headlinePieces, type Piece } from './preview.ts';

/** Most letters that each text may have on a screen. */
export const longest = { event: 40, headline: 140, instruction: 160 } as const;
export type FreeField = keyof typeof longest;
export const freeFields: readonly FreeField[] = ['event', 'headline', 'instruction'];

interface Typed {
  readonly vi: string;
  readonly en: string;
}
export type FreeWords = Readonly<Record<FreeField, Typed>> & { readonly priority: Priority };
export interface AlertDraft {
  readonly source: TemplateName | 'free';
  readonly slots: Readonly<Record<string, string>>;
  readonly free: FreeWords;
}

const empty: Typed = { vi: '', en: '' };
export const emptyDraft: AlertDraft = { source: 'flood', slots: {}, free: { event: empty, headline: empty, instruction: empty, priority: 'severe' } };

/** What was typed as a text in one or two languages, or `undefined` when there is none. */
export function localText({ vi, en }: Typed): LocalText | undefined {
  const [one, two] = [vi.trim().normalize('NFC'), en.trim().normalize('NFC')];
  const text = localTextSchema.safeParse(two === '' ? { vi: one } : { vi: one, en: two });
  return text.success ? text.data : undefined;
}

/** The words for the API, or `undefined` while something is missing. */
export function wordsOf({ source, slots, free }: AlertDraft): NewAlert['words'] | undefined {
  if (source !== 'free') {
    const filled = filledSlots(source, slots);
    return filled && { template: source, slots: filled };
  }
  const [event, headline, instruction] = [localText(free.event), localText(free.headline), localText(free.instruction)];
  if (!event || !headline || (!instruction && free.instruction.vi.trim() + free.instruction.en.trim() !== '')) return undefined;
  return { event, headline, priority: free.priority, ...(instruction ? { instruction } : {}) };
}

export interface Preview {
  readonly event: LocalText;
  readonly headline: Readonly<Record<keyof Typed, readonly Piece[]>>;
  readonly instruction: LocalText | undefined;
}

export function previewOf({ source, slots, free }: AlertDraft, drill: boolean): Preview {
  if (source !== 'free') {
    const template = alertTemplates[source];
    const [vi, en] = languages.map((language) => headlinePieces(template, slots, drill, language));
    return { event: template.event, instruction: template.instruction, headline: { vi: vi ?? [], en: en ?? [] } };
  }
  const headline = localText(free.headline);
  const marked = headline && markDrill(headline, drill);
  const whole = (text: string | undefined): Piece[] => (text === undefined ? [] : [{ text, gap: false }]);
  return {
    event: localText(free.event) ?? { vi: '' },
    instruction: localText(free.instruction),
    headline: { vi: whole(marked?.vi ?? '…'), en: whole(marked?.en) },
  };
}
