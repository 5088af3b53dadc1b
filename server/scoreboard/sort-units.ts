// Units in the order in which Vietnamese lists have them.
import type { Unit } from '../../core/units.ts';

const collator = new Intl.Collator('vi');

export function sortUnits<T extends Pick<Unit, 'name' | 'kind'>>(units: readonly T[]): T[] {
  return units.toSorted((a, b) => collator.compare(a.name, b.name) || collator.compare(a.kind, b.kind));
}
