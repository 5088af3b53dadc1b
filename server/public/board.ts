// What a public page says of a snapshot: groups of units that are ranked among themselves, the city, what is missing, how old it is.
import type { Campaign } from '../../core/campaign.ts';
import { comparable, standings, type Standing, type Totals } from '../../core/scoreboard.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Unit } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { sortUnits } from '../scoreboard/sort-units.ts';

export interface BoardRow extends Standing {
  readonly of: Unit;
}

export interface BoardGroup {
  readonly title: string;
  readonly rows: readonly BoardRow[];
  readonly risers: readonly BoardRow[];
  readonly totals: Totals;
  /** Units of the group that the snapshot has no figures of. */
  readonly without: readonly Unit[];
}

export type Age = 'fresh' | 'grey' | 'gone';

export interface Board {
  readonly snapshot: Snapshot;
  readonly groups: readonly BoardGroup[];
  readonly city: Totals;
  readonly age: Age;
  /** Whether growth against the snapshot before can be said. */
  readonly compared: boolean;
  /** Whether any unit has a target. */
  readonly targeted: boolean;
}

/** Phường and xã are never ranked against each other; quận, huyện and thị xã are one contest. */
const apart = ['phường', 'xã'];

export function groupsOf(units: readonly Unit[]): { title: string; units: Unit[] }[] {
  const kinds = [...new Set(units.map(({ kind }) => kind))];
  const split = apart.every((kind) => kinds.includes(kind));
  const parts = split ? kinds.map((kind) => [kind]) : [kinds];
  return parts.map((part) => {
    const members = units.filter(({ kind }) => part.includes(kind));
    return { title: `${members.length} ${part.join(', ')}`, units: members };
  });
}

/** Figures grey out, then leave, by the campaign's rule; made-up ones and a final result never go stale. */
export function ageOf(snapshot: Snapshot, stale: Campaign['stale'], now: number): Age {
  const hours = (now - snapshot.cutOff) / 3_600_000;
  if (snapshot.sample || snapshot.final || hours <= stale.greyAfterHours) return 'fresh';
  return hours <= stale.leaveAfterHours ? 'grey' : 'gone';
}

function within(snapshot: Snapshot, units: readonly Unit[]): Snapshot {
  const codes = new Set(units.map(({ code }) => code));
  return { ...snapshot, rows: snapshot.rows.filter(({ unit }) => codes.has(unit)) };
}

export function boardOf(campaign: Campaign, snapshot: Snapshot, previous: Snapshot | undefined, units: readonly Unit[], now: number): Board {
  // Equal ranks stand in the order of a Vietnamese list.
  const order = new Map(sortUnits(units).map(({ code }, index) => [code, index]));
  const sorted = { ...snapshot, rows: snapshot.rows.toSorted((a, b) => (order.get(a.unit) ?? 0) - (order.get(b.unit) ?? 0)) };
  const groups = groupsOf(units).map(({ title, units: members }): BoardGroup => {
    const byCode = new Map(members.map((unit) => [unit.code, unit]));
    const named = (rows: readonly Standing[]) =>
      rows.flatMap((row) => (byCode.has(row.unit) ? [{ ...row, of: byCode.get(row.unit) ?? { code: row.unit, kind: '', name: row.unit } }] : []));
    const { rows, risers, totals } = standings(within(sorted, members), previous && within(previous, members));
    const present = new Set(rows.map(({ unit }) => unit));
    return {
      title: sentenceCase(title),
      rows: named(rows),
      risers: named(risers),
      totals,
      without: sortUnits(members.filter(({ code }) => !present.has(code))),
    };
  });
  return {
    snapshot,
    groups,
    city: standings(snapshot).totals,
    age: ageOf(snapshot, campaign.stale, now),
    compared: previous !== undefined && comparable(snapshot, previous),
    targeted: snapshot.rows.some(({ target }) => target),
  };
}
