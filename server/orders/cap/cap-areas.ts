// Where a CAP message applies, in units of the tree: matched by code or name, and asked where only a person can tell.
import type { CapPart, CapTry } from '../../../core/cap-api.ts';
import type { LocalText } from '../../../core/primitives.ts';
import { foldName, fullName, matchUnit, type Unit } from '../../../core/units.ts';
import { sentenceCase } from '../../../core/vietnamese.ts';
import type { CapWords } from './cap-words.ts';

export interface CapAreas {
  readonly parts: readonly CapPart[];
  /** No part is left to be asked about. */
  readonly clear: boolean;
  /** Every screen of the city, or those of these units; nothing when no area lies here. */
  readonly units: 'all' | readonly string[];
}

const wholeCity = new Set(
  ['ha noi', 'thanh pho ha noi', 'tp ha noi', 'toan thanh pho', 'toan thanh pho ha noi', 'toan tp ha noi', 'hanoi', 'hanoi city', 'all of hanoi'].map(foldName),
);
const longestArea = 60;

const named = (unit: Unit) => ({ code: unit.code, name: sentenceCase(fullName(unit)) });

/** A code of the tree as it is, or the national number that it is made of. */
function unitOfCode(value: string, units: readonly Unit[]): Unit | undefined {
  const code = value.toLowerCase();
  return units.find((unit) => unit.code === code || (/^\d+$/.test(code) && unit.code.replace(/^[a-z]/, '') === code));
}

function partOf(text: string, units: readonly Unit[], answers: CapTry['areas']): CapPart {
  const answer = Object.hasOwn(answers, text) ? answers[text] : undefined;
  if (answer !== undefined) {
    const chosen = answer === 'all' ? [] : units.filter(({ code }) => answer.includes(code));
    return { text, whole: answer === 'all', units: chosen.map(named), asked: false, suggestions: [] };
  }
  if (wholeCity.has(foldName(text))) return { text, whole: true, units: [], asked: false, suggestions: [] };
  const match = matchUnit(text, units);
  if (match.ok) return { text, whole: false, units: [named(match.unit)], asked: false, suggestions: [] };
  const suggestions = match.reason === 'ambiguous' ? match.candidates : match.suggestions;
  return { text, whole: false, units: [], asked: true, suggestions: suggestions.map(named) };
}

/** Names in a list: "Phường Ba Đình, phường Hoàn Kiếm và xã Sóc Sơn". A unit whose own name holds such a mark fits as a whole first. */
function namesIn(text: string, units: readonly Unit[]): string[] {
  if (matchUnit(text, units).ok) return [text];
  return text
    .split(/\s*[,;]\s*|\s+và\s+/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function areasOf({ info }: Pick<CapWords, 'info'>, units: readonly Unit[], answers: CapTry['areas']): CapAreas {
  const parts = new Map<string, CapPart>();
  for (const { areaDesc, geocode } of info.area) {
    const coded = geocode.flatMap(({ value }) => unitOfCode(value, units) ?? []);
    if (coded.length > 0) parts.set(areaDesc, { text: areaDesc, whole: false, units: coded.map(named), asked: false, suggestions: [] });
    else for (const text of namesIn(areaDesc, units)) parts.set(text, partOf(text, units, answers));
  }
  const all = [...parts.values()];
  const codes = [...new Set(all.flatMap((part) => part.units.map(({ code }) => code)))];
  return { parts: all, clear: all.every(({ asked }) => !asked), units: all.some(({ whole }) => whole) ? 'all' : codes };
}

/** The area as the screen names it: in the message's words where they fit. */
export function areaText({ info, english }: Pick<CapWords, 'info' | 'english'>, { parts, units }: CapAreas): LocalText {
  const join = (area: readonly { readonly areaDesc: string }[]) => area.map(({ areaDesc }) => areaDesc).join(', ');
  const here = parts.flatMap((part) => part.units);
  const isAllHere = parts.every((part) => part.whole || part.units.length > 0);
  const spoken = [isAllHere ? join(info.area) : '', here.map(({ name }) => name).join(', ')].find((text) => text !== '' && text.length <= longestArea);
  const en = join(english?.area ?? []);
  if (units === 'all' && !isAllHere) return { vi: 'Thành phố Hà Nội', en: 'Hà Nội' };
  return { vi: spoken ?? `Hà Nội, ${here.length} đơn vị`, ...(isAllHere && en !== '' && en.length <= longestArea ? { en } : {}) };
}
