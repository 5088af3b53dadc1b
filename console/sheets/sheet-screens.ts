// Which screens a ward's sheets are of, in the order of a list.
import type { ScreenView } from '../../core/screen-api.ts';

export interface SheetUnit {
  readonly code: string | null;
  readonly name: string;
}

/** Screens out of service have nothing on. */
export const inService = (screens: readonly ScreenView[]): ScreenView[] =>
  screens.filter(({ condition }) => condition !== 'revoked' && condition !== 'unpaired');

const collator = new Intl.Collator('vi');

/** The units that have screens in service; those without a unit stand last. */
export function unitsWithScreens(screens: readonly ScreenView[], nameOf: (code: string) => string, without: string): SheetUnit[] {
  const codes = [...new Set(inService(screens).map(({ unit }) => unit))];
  const named = codes.filter((code) => code !== null).map((code) => ({ code, name: nameOf(code) }));
  const last = codes.includes(null) ? [{ code: null, name: without }] : [];
  return [...named.sort((a, b) => collator.compare(a.name, b.name)), ...last];
}

/** @param unit undefined for all */
export function sheetScreens(screens: readonly ScreenView[], unit: string | null | undefined): ScreenView[] {
  return inService(screens)
    .filter((screen) => unit === undefined || screen.unit === unit)
    .sort((a, b) => collator.compare(a.name, b.name));
}
