// Whom an order is for: what a clerk has picked, as the API takes it and as people read it.
import type { LocalText } from '../../core/primitives.ts';
import type { Target } from '../../core/orders.ts';
import type { screenKinds } from '../../core/profile.ts';
import { fullName, type Unit } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { textOf, type PlainKey, type Say } from '../messages.ts';

export const scopes = ['screens', 'units', 'kinds', 'operators', 'all'] as const;
export type Scope = (typeof scopes)[number];
export type ScreenKind = (typeof screenKinds)[number];

export const kindNames: Readonly<Record<ScreenKind, PlainKey>> = { led: 'target.kindLed', lcd: 'target.kindLcd', kiosk: 'target.kindKiosk' };

/** Each scope keeps what was picked in it, so that a look at another loses nothing. */
export interface Choice {
  readonly scope: Scope;
  readonly screens: readonly string[];
  readonly units: readonly string[];
  readonly kinds: readonly ScreenKind[];
  readonly operators: readonly string[];
}

/** Nothing is chosen at first: an order never goes everywhere by a slip. */
export const nothingChosen: Choice = { scope: 'screens', screens: [], units: [], kinds: [], operators: [] };

/** The target, or `undefined` while nothing is picked. */
export function targetOf({ scope, screens, units, kinds, operators }: Choice): Target | undefined {
  if (scope === 'all') return {};
  if (scope === 'screens') return screens.length === 0 ? undefined : { screens: [...screens] };
  if (scope === 'units') return units.length === 0 ? undefined : { units: [...units] };
  if (scope === 'operators') return operators.length === 0 ? undefined : { operators: [...operators] };
  return kinds.length === 0 ? undefined : { kinds: [...kinds] };
}

/** What was picked for a target that one scope holds; nothing where an order was aimed in another way. */
export function choiceOf({ screens = [], units = [], kinds = [], operators = [], audiences }: Target): Choice {
  const picked = { screens, units, kinds, operators };
  const [scope, another] = scopes.filter((each) => each !== 'all' && picked[each].length > 0);
  if (another !== undefined || audiences !== undefined) return nothingChosen;
  return { ...picked, scope: scope ?? 'all' };
}

export interface Names {
  readonly screens: readonly { readonly id: string; readonly name: string }[];
  readonly units: readonly Unit[];
}

const unitName = (code: string, units: readonly Unit[]) => {
  const unit = units.find((each) => each.code === code);
  return unit ? sentenceCase(fullName(unit)) : code;
};

/** A target in words: each part narrows the one before. */
export function targetText({ screens, units, kinds, audiences, operators }: Target, names: Names, say: Say): string {
  const parts = [
    screens?.map((id) => names.screens.find((screen) => screen.id === id)?.name ?? say('target.goneScreen')).join(', '),
    kinds?.map((kind) => say(kindNames[kind])).join(', '),
    audiences?.map((audience) => say(`audience.${audience}`)).join(', '),
    operators && say('target.runBy', { names: operators.join(', ') }),
    units && say('target.under', { unit: units.map((code) => unitName(code, names.units)).join(', ') }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? say('target.everywhere') : parts.join(' · ');
}

const bothLanguages = (key: PlainKey): LocalText => ({ vi: textOf('vi', key), en: textOf('en', key) });

/** Longest name of an area that an alert may carry. */
export const areaLength = 60;

/** What an alert's area is probably called; nothing where only a person knows. */
export function areaOf({ scope, units }: Choice, known: readonly Unit[]): LocalText | undefined {
  if (scope === 'all') return bothLanguages('alert.areaAll');
  if (scope !== 'units' || units.length === 0) return undefined;
  const vi = units.map((code) => unitName(code, known)).join(', ');
  return vi.length > areaLength ? undefined : { vi };
}
