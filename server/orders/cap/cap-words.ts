// The words of a CAP message for a screen: its Vietnamese part, its English one where there is one, short, and nothing but words.
import type { CapReason } from '../../../core/cap-api.ts';
import { drillMarks, type Priority } from '../../../core/orders.ts';
import type { LocalText } from '../../../core/primitives.ts';
import type { CapInfo, CapMessage } from './read-cap.ts';

export interface CapWords {
  readonly info: CapInfo;
  readonly english: CapInfo | undefined;
  readonly event: LocalText;
  readonly headline: LocalText;
  readonly instruction: LocalText | undefined;
  readonly shortened: boolean;
  readonly priority: Priority;
  readonly speaker: string | undefined;
}
export type WordsOfCap = { readonly ok: true; readonly words: CapWords } | { readonly ok: false; readonly reason: CapReason };

const longest = { event: 40, headline: 140, instruction: 160, speaker: 80 } as const;
/** What is not known counts as neither the worst nor nothing. */
const priorityOf = { Extreme: 'extreme', Severe: 'severe', Moderate: 'moderate', Minor: 'minor', Unknown: 'moderate' } as const;

/** Tags, links, code, line and direction tricks: whoever writes these does not write for a screen. */
const unfit = /[<>{}`\\]|\p{C}|:\/\/|javascript:/iu;
const marks = /[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]/i;

/** CAP takes English for what names no language; a part in Vietnamese letters is Vietnamese all the same. */
function languageOf({ language, event, headline = '' }: CapInfo): string {
  if (language !== undefined && language !== '') return language.slice(0, 2).toLowerCase();
  return marks.test(`${event} ${headline}`) ? 'vi' : 'en';
}

/** As many whole sentences as fit. */
function shortened(text: string, most: number): string | undefined {
  if (text.length <= most) return text;
  const end = Math.max(...['. ', '! ', '; '].map((stop) => text.lastIndexOf(stop, most - 1)));
  return end > 0 ? `${text.slice(0, end)}.` : undefined;
}

const headlineOf = ({ headline = '', description = '' }: CapInfo) => (headline === '' ? description : headline);
const fits = (text: string, most: number) => text !== '' && text.length <= most;

export function wordsOfCap({ info: infos }: Pick<CapMessage, 'info'>): WordsOfCap {
  const [info, another] = infos.filter((each) => languageOf(each) === 'vi');
  if (!info) return { ok: false, reason: 'no-vietnamese' };
  if (another) return { ok: false, reason: 'several-parts' };
  const english = infos.find((each) => languageOf(each) === 'en');
  const all = [info, english].flatMap((each) =>
    each ? [each.event, headlineOf(each), each.instruction ?? '', each.senderName ?? '', ...each.area.map(({ areaDesc }) => areaDesc)] : [],
  );
  if (all.some((text) => unfit.test(text) || Object.values(drillMarks).some((mark) => text.toUpperCase().startsWith(mark))))
    return { ok: false, reason: 'words-unfit' };
  const headline = headlineOf(info);
  if (!fits(info.event, longest.event) || !fits(headline, longest.headline)) return { ok: false, reason: 'words-too-long' };
  /** English is left out where it does not fit: the alert is not held up for it. */
  const inEnglish = (text: string | undefined, most: number) => (text !== undefined && fits(text, most) ? { en: text } : {});
  const whole = info.instruction ?? '';
  const instruction = whole === '' ? undefined : shortened(whole, longest.instruction);
  const { senderName = '' } = info;
  return {
    ok: true,
    words: {
      ...{ info, english },
      event: { vi: info.event, ...inEnglish(english?.event, longest.event) },
      headline: { vi: headline, ...inEnglish(english && headlineOf(english), longest.headline) },
      instruction: instruction === undefined ? undefined : { vi: instruction, ...inEnglish(english?.instruction, longest.instruction) },
      shortened: whole !== '' && instruction !== whole,
      priority: priorityOf[info.severity],
      speaker: fits(senderName, longest.speaker) ? senderName : undefined,
    },
  };
}
