// What was on air between two days, and what came of it: from the same sums for the console, for files and for the check.
import { Temporal } from 'temporal-polyfill';
import type { DisplayFigures, DisplayQuery, DisplayReport } from '../../core/report-api.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { checksByScreen } from '../captures/check-store.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Queries } from '../database/open-database.ts';
import { instantsOf, localDay, type DaySpan } from '../local-days.ts';
import type { TurnSums } from '../plays/turn-sums.ts';
import { listScreens, type Screen } from '../screens/screen-store.ts';
import { unitPath } from '../units/unit-path.ts';
import { unitByCode } from '../units/unit-store.ts';
import { itemNames } from './item-names.ts';
import {
  faultsOfDays,
  findingsBetween,
  missingEntries,
  opensOnPaper,
  opensOnScreens,
  sumsByDay,
  sumsByItem,
  sumsByScreen,
  sumsOfHours,
} from './report-store.ts';

const nothing = (): DisplayFigures => ({ turns: 0, airMs: 0, interrupted: 0, skipped: 0, untrusted: 0, opens: 0, devices: 0, offScreen: 0 });

const figureNames = Object.keys(nothing()) as (keyof DisplayFigures)[];

/** Figures by a key, there as soon as they are asked for. */
function figuresBy<Key>() {
  const all = new Map<Key, DisplayFigures>();
  const of = (key: Key): DisplayFigures => {
    const found = all.get(key) ?? nothing();
    all.set(key, found);
    return found;
  };
  return { all, of, peek: (key: Key) => all.get(key) ?? nothing() };
}

function addTurns(to: DisplayFigures, { turns, ms, interrupted, skipped, untrusted }: TurnSums): void {
  to.turns += turns;
  to.airMs += ms;
  to.interrupted += interrupted;
  to.skipped += skipped;
  to.untrusted += untrusted;
}

/** Those of a unit and what lies below it; all when no unit is asked for. */
async function withinUnit<Placed extends { readonly unit: string | null }>(db: Queries, all: readonly Placed[], unit: string | undefined): Promise<Placed[]> {
  if (unit === undefined) return [...all];
  const within = new Map<string | null, boolean>();
  for (const code of new Set(all.map((each) => each.unit))) within.set(code, (await unitPath(db, code)).includes(unit));
  return all.filter((each) => within.get(each.unit) === true);
}

async function chosenScreens(db: Queries, { unit, screen }: DisplayQuery): Promise<Screen[]> {
  const all = (await listScreens(db)).filter(({ id }) => screen === undefined || id === screen);
  return withinUnit(db, all, unit);
}

async function unitName(db: Queries, code: string): Promise<string> {
  const unit = await unitByCode(db, code);
  return unit ? sentenceCase(fullName(unit)) : code;
}

export async function displayReport(db: Queries, query: DisplayQuery, span: DaySpan, zone: string, now: number): Promise<DisplayReport> {
  const chosen = await chosenScreens(db, query);
  if (query.screen !== undefined && chosen.length === 0) throw new ApiFailure('not-found');
  const narrowed = { ...span, screens: chosen.map(({ id }) => id), item: query.item };
  const range = instantsOf(span, zone);
  const [byScreen, byItem, byDay, byHour, total] = [figuresBy<string>(), figuresBy<number>(), figuresBy<string>(), figuresBy<number>(), nothing()];
  const localHour = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).hour;

  for (const row of await sumsByScreen(db, narrowed)) addTurns(byScreen.of(row.screen), row);
  for (const row of await sumsByItem(db, narrowed)) addTurns(byItem.of(row.item), row);
  for (const row of await sumsByDay(db, narrowed)) {
    addTurns(byDay.of(row.day), row);
    addTurns(total, row);
  }
  for (const row of await sumsOfHours(db, narrowed, range)) addTurns(byHour.of(localHour(row.hour)), row);
  for (const { screen, item, shown, hour, count, devices } of await opensOnScreens(db, narrowed, range)) {
    for (const figures of [byScreen.of(screen), byItem.of(item), byDay.of(localDay(hour, zone)), byHour.of(localHour(hour)), total]) {
      figures.opens += shown === 0 ? 0 : count;
      figures.devices += shown === 0 ? 0 : devices;
      figures.offScreen += shown === 0 ? count : 0;
    }
  }

  const names = await itemNames(db);
  const unitNames = new Map<string, string>();
  const isNarrow = query.screen !== undefined || query.item !== undefined;
  const papers = isNarrow ? [] : await withinUnit(db, await opensOnPaper(db, range), query.unit);
  for (const { unit } of [...chosen, ...papers]) if (unit !== null && !unitNames.has(unit)) unitNames.set(unit, await unitName(db, unit));
  const named = (unit: string | null) => (unit === null ? null : { code: unit, name: unitNames.get(unit) ?? unit });
  const findings = await findingsBetween(db, range);
  const missing = await missingEntries(db);
  const pictures = await checksByScreen(db, range);
  const screens = chosen.map(({ id, number, name, place, unit }) => ({
    ...byScreen.peek(id),
    ...{ id, number, name, place, unit: named(unit) },
    missing: missing.get(id) ?? 0,
    pictures: pictures.get(id) ?? { same: 0, other: 0 },
    findings: findings.filter((each) => each.screen === id).map(({ kind, count }) => ({ kind, count })),
  }));
  const byUnit = new Map<string | null, DisplayReport['units'][number]>();
  for (const { unit, ...row } of screens) {
    const key = unit?.code ?? null;
    const sum = byUnit.get(key) ?? { ...nothing(), code: key, name: unit?.name ?? null, screens: 0 };
    for (const name of figureNames) sum[name] += row[name];
    byUnit.set(key, { ...sum, screens: sum.screens + 1 });
  }
  const byAir = (a: DisplayFigures, b: DisplayFigures) => b.airMs - a.airMs || b.turns - a.turns;
  return {
    ...{ zone, from: span.from, to: span.to, madeAt: now, total, screens },
    only: {
      ...(query.unit === undefined ? {} : { unit: await unitName(db, query.unit) }),
      ...(query.screen === undefined ? {} : { screen: chosen[0]?.name ?? '' }),
      ...(query.item === undefined ? {} : { item: names.get(query.item) ?? `${query.item}` }),
    },
    units: [...byUnit.values()].sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '', 'vi')),
    items: [...byItem.all].map(([number, figures]) => ({ ...figures, number, name: names.get(number) ?? null })).sort(byAir),
    days: [...byDay.all].map(([day, figures]) => ({ ...figures, day })).sort((a, b) => a.day.localeCompare(b.day)),
    hours: Array.from({ length: 24 }, (_, hour) => ({ ...byHour.peek(hour), hour })),
    papers: papers.map(({ unit, ...paper }) => ({ ...paper, unit: named(unit) })),
    faults: await faultsOfDays(db, narrowed),
  };
}
