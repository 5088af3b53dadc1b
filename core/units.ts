// Administrative units, valid between dates, and the matching of the names that people write for them.
import { z } from 'zod';
import { localDateSchema } from './primitives.ts';

export const unitSchema = z.object({
  /** `d` or `c` and the national code, never reused. */
  code: z.string().regex(/^[a-z][a-z0-9.-]{0,38}$/),
  /** Such as "quận", "phường". */
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(120),
});
export type Unit = z.infer<typeof unitSchema>;

/** A unit with the dates between which it exists; `validTo` is inclusive, absent while it still does. `above`: code of the unit that it lies in. */
export const datedUnitSchema = unitSchema.extend({
  level: z.string().min(1).max(64),
  above: unitSchema.shape.code.optional(),
  validFrom: localDateSchema,
  validTo: localDateSchema.optional(),
});
export type DatedUnit = z.infer<typeof datedUnitSchema>;

/** Trees whose units make the whole city; a site's own tree is a part of it. */
export const cityTrees = ['hanoi-districts', 'hanoi-communes-2025'] as const;
export type CityTree = (typeof cityTrees)[number];
export const isCityTree = (tree: string): tree is CityTree => cityTrees.some((each) => each === tree);

/** "phường Ba Đình": kind and name, because many communes bear a former district's name. */
export function fullName(unit: Unit): string {
  return `${unit.kind} ${unit.name}`;
}

const shortKinds: Readonly<Record<string, string>> = {
  q: 'quan',
  h: 'huyen',
  tx: 'thi xa',
  p: 'phuong',
  x: 'xa',
  tp: 'thanh pho',
  tt: 'thi tran',
  tdp: 'to dan pho',
};
const kindWords = ['thanh pho', 'thi tran', 'thi xa', 'quan', 'huyen', 'phuong', 'xa', 'dac khu'];

/** A name without case, diacritics, đ, punctuation and the choice between i and y ("Quỳ", "QUI"). */
export function foldName(text: string): string {
  return withoutMarks(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/y/g, 'i');
}

/** Lower case without diacritics and đ; composed and decomposed spellings fold alike. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd');
}

/** A name in which only case, spacing and the place of the tone mark ("Hoà", "Hòa") are levelled: marks are kept, as a sorted set per syllable. */
function markedName(text: string): string {
  const { name } = splitKind(text);
  return name
    .normalize('NFD')
    .toLowerCase()
    .split(/[^\p{L}\p{M}0-9]+/u)
    .filter((syllable) => syllable !== '')
    .map((syllable) => syllable.replace(/\p{M}/gu, '').replace(/y/g, 'i') + [...syllable.matchAll(/\p{M}/gu)].map(String).sort().join(''))
    .join(' ');
}

interface Folded {
  readonly name: string;
  /** With its kind, whatever kinds a tree has. */
  readonly full: string;
}
const foldedUnits = new WeakMap<Unit, Folded>();

/** Folding is the cost of matching a file of thousands of rows, so each unit's is kept. */
function foldedOf(unit: Unit): Folded {
  const known = foldedUnits.get(unit);
  if (known !== undefined) return known;
  const folded = { name: foldName(unit.name), full: foldName(fullName(unit)) };
  foldedUnits.set(unit, folded);
  return folded;
}

/** Splits "Q. Ba Đình" into its folded kind ("quan") and the rest as written. */
function splitKind(text: string): { kind: string | undefined; name: string } {
  const clean = text.normalize('NFC').trim();
  const short = /^(tx|tp|tt|tdp|q|h|p|x)(?:\s*\.\s*|\s+)(?=\S)/iu.exec(clean);
  if (short?.[1] !== undefined) return { kind: shortKinds[short[1].toLowerCase()], name: clean.slice(short[0].length) };
  for (const kind of kindWords) {
    const words = kind.split(' ').length;
    const head = clean.split(/\s+/).slice(0, words).join(' ');
    const rest = clean.split(/\s+/).slice(words).join(' ');
    if (rest !== '' && withoutMarks(head).replace(/\.$/, '') === kind) return { kind, name: rest };
  }
  return { kind: undefined, name: clean };
}

const numberInList = /^\(?\d{1,3}\s*[.):–-]\s*/u;
const cityBehind = /\s*[,(–-]\s*(?:(?:th[àa]nh ph[ốo]|tp)\s*\.?\s*)?h[àa] n[ộo]i\s*\)?$/iu;

/** A name without what lists put around it: its number before, the city behind. */
function nameInList(written: string): string {
  const text = written.normalize('NFC').trim().replace(/\s+/gu, ' ');
  const name = text.replace(numberInList, '').replace(cityBehind, '').trim();
  return name === '' ? text : name;
}

/** Whether a written name is a unit's name without its kind. */
export function isBareName(written: string, { name }: Pick<Unit, 'name'>): boolean {
  return foldName(nameInList(written)) === foldName(name);
}

export type UnitMatch =
  { ok: true; unit: Unit } | { ok: false; reason: 'ambiguous'; candidates: readonly Unit[] } | { ok: false; reason: 'unknown'; suggestions: readonly Unit[] };

/**
 * Finds the unit that a written name means within one tree: by code, else by kind and name, with diacritics before without.
 * A name that fits two units is ambiguous; one that fits none comes back with the nearest names.
 */
export function matchUnit(written: string, units: readonly Unit[]): UnitMatch {
  const byCode = units.find(({ code }) => code === written.trim().toLowerCase());
  if (byCode) return { ok: true, unit: byCode };
  const text = nameInList(written);
  const { kind, name } = splitKind(text);
  const folded = foldName(name);
  const isKind = (unit: Unit) => kind === undefined || withoutMarks(unit.kind) === kind;
  // A name may begin with what looks like a kind ("phường Xã Đàn"), so the whole text counts too.
  const whole = foldName(text);
  const fits = units.filter((unit) => {
    const of = foldedOf(unit);
    return of.name === whole || of.full === whole || (isKind(unit) && of.name === folded);
  });
  const exact = fits.filter((unit) => markedName(unit.name) === markedName(text));
  const found = exact.length > 0 ? exact : fits;
  if (found.length > 1) return { ok: false, reason: 'ambiguous', candidates: found };
  const [unit] = found;
  if (unit) return { ok: true, unit };
  return { ok: false, reason: 'unknown', suggestions: nearest([folded, whole], units) };
}

/** Longer texts are no misspelt name, and comparing them letter by letter would cost. */
const longestName = 60;

function nearest(spellings: readonly string[], units: readonly Unit[]): Unit[] {
  if (spellings.every((spelling) => spelling.length > longestName)) return [];
  return units
    .map((unit) => ({ unit, distance: Math.min(...spellings.map((spelling) => editDistance(spelling, foldedOf(unit).name))) }))
    .filter(({ distance, unit }) => distance <= Math.max(1, Math.floor(unit.name.length / 4)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ unit }) => unit);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
