// Occasions of a solemn programme that are agreed beforehand. One person begins it, so outdoors its words are one of these and a name at most.
import { slotSchema } from './alert-templates.ts';
import type { LocalText } from './primitives.ts';

export const solemnOccasions = [
  { vi: 'Quốc tang', en: 'National mourning' },
  { vi: 'Lễ tang cấp Nhà nước', en: 'State funeral' },
  { vi: 'Lễ tang cấp cao', en: 'High-level funeral' },
  { vi: 'Ngày tưởng niệm', en: 'Day of remembrance' },
  { vi: 'Chia buồn cùng đồng bào vùng thiên tai', en: 'In sympathy with those struck by disaster' },
] as const satisfies readonly LocalText[];

function follows(beginning: string, text: string | undefined): boolean {
  if (text === undefined || text === beginning) return true;
  return text.startsWith(`${beginning} `) && slotSchema.safeParse(text.slice(beginning.length)).success;
}

/**
 * Whether an occasion is an agreed one, alone or followed by a name: "Quốc tang" or "Lễ tang cấp Nhà nước đồng chí …".
 * @param others those that the campaign agreed on beside the usual ones
 */
export function isAgreedOccasion({ vi, en }: LocalText, others: readonly LocalText[] = []): boolean {
  return [...solemnOccasions, ...others].some((occasion: LocalText) => follows(occasion.vi, vi) && (en === undefined || follows(occasion.en ?? '', en)));
}
