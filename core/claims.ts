// Which sentences of a playlist claim something: a figure, or that something is best. Outdoors each rests on a document before it is published.
import type { Campaign } from './campaign.ts';
import type { Item } from './playlist.ts';
import type { LocalText } from './primitives.ts';

/** A sentence on the screens that claims something. */
export interface Claim {
  readonly item: string;
  /** Name of the item. */
  readonly name: string;
  readonly text: LocalText;
}

type Spoken = Pick<Item, 'id' | 'name' | 'scene' | 'props'>;

/** Of a picture the words for those who do not see it, which stand on no screen. */
const unseen = new Set(['alt']);

function textsIn(value: unknown): LocalText[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { vi, en } = value as { readonly vi?: unknown; readonly en?: unknown };
  if (typeof vi === 'string') return [{ vi, ...(typeof en === 'string' ? { en } : {}) }];
  return Object.entries(value).flatMap(([key, each]) => (unseen.has(key) ? [] : textsIn(each)));
}

/** Every sentence that an item puts on a screen. */
export const textsOf = ({ props }: Pick<Item, 'props'>): LocalText[] => textsIn(props);

/** The law on advertising forbids these words without a document that proves them (2012, article 8). "Thống nhất" and the like say nothing of the kind. */
const superlatives = [
  /(?<!thống |thứ |hợp )nhất(?! định| quán| thiết| trí| loạt| thời)/iu,
  /(?:số một|số 1|hàng đầu)(?!\p{L})/iu,
  /\b(?:the best|number one|leading)\b/iu,
];

/** Numbers that are names: of a document, of the help line and its branch. */
function withoutNames(text: string, { plan, helpline }: Pick<Campaign, 'plan' | 'helpline'>): string {
  const names = [plan, helpline.number, ...(helpline.branch === undefined ? [] : [`nhánh ${helpline.branch}`, `branch ${helpline.branch}`])];
  return names.reduce((rest, name) => (name === '' ? rest : rest.replaceAll(name, '')), text).replaceAll(/đề án 06|project 06/giu, '');
}

/** Whether a sentence has a figure or says that something is best. Over a scoreboard, whose figures name their source, "nhanh nhất" only says what is listed. */
export function isClaim(text: string, campaign: Pick<Campaign, 'plan' | 'helpline'>, scene = 'message'): boolean {
  const rest = withoutNames(text, campaign);
  return /\p{Nd}/u.test(rest) || (scene !== 'scoreboard' && superlatives.some((words) => words.test(rest)));
}

/** The claims of what is switched on, each sentence of an item once. */
export function claimsOf(items: readonly Spoken[], campaign: Pick<Campaign, 'plan' | 'helpline'>): Claim[] {
  return items.flatMap((item) => {
    const texts = new Map(textsOf(item).map((text) => [JSON.stringify([text.vi, text.en]), text]));
    const claiming = [...texts.values()].filter(({ vi, en }) => [vi, en ?? ''].some((words) => isClaim(words, campaign, item.scene)));
    return claiming.map((text): Claim => ({ item: item.id, name: item.name, text }));
  });
}

/** Whether an item names the help line, which somebody has called then. */
export function namesHelpline(item: Pick<Item, 'props'>, { helpline }: Pick<Campaign, 'helpline'>): boolean {
  return helpline.number !== '' && textsOf(item).some(({ vi, en }) => vi.includes(helpline.number) || en?.includes(helpline.number) === true);
}
