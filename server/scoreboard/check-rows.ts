// Rows as they came to rows that can be taken: units matched, figures read, every fault found.
import type { Finding } from '../../core/import-api.ts';
import { readCount, type CountText } from '../../core/count-text.ts';
import { maxCount, type SnapshotRow } from '../../core/snapshot.ts';
import { foldName, isBareName, matchUnit, type DatedUnit, type Unit } from '../../core/units.ts';
import type { Cell, RawRow, RawTable } from './raw-table.ts';
import * as say from './findings.ts';

export interface CheckedRow {
  readonly line: number;
  readonly written: string;
  readonly unit: Unit | null;
  readonly count: number | null;
  readonly base: number | null;
  readonly target: number | null;
  readonly accepted: boolean;
  /** Units that the name may mean, where a person has to say which. */
  readonly choices: readonly Unit[];
}

export interface Register {
  /** The units of the campaign's tree. */
  readonly units: readonly Unit[];
  /** Units that ended and are not in the tree. */
  readonly former: readonly DatedUnit[];
  /** Rows of the snapshot in force, where its figures may be compared with these. */
  readonly current: readonly SnapshotRow[];
  /** What a person said of rows with choices: codes by line. */
  readonly chosen?: ReadonlyMap<number, string>;
  /** Targets that the office has set, by unit: then they count and no others. Absent where it never set any. */
  readonly targets?: ReadonlyMap<string, number> | undefined;
}

/** A number of a JSON body is what it is: 1.234 there is one and a fraction. */
function readCell(cell: Cell): CountText {
  if (typeof cell === 'string') return readCount(cell);
  if (!Number.isFinite(cell)) return { ok: false, problem: 'not-a-number' };
  if (cell < 0) return { ok: false, problem: 'negative' };
  if (!Number.isInteger(cell)) return { ok: false, problem: 'not-whole' };
  return cell > maxCount ? { ok: false, problem: 'too-large' } : { ok: true, count: cell };
}

interface UnitFound {
  readonly unit: Unit | null;
  readonly findings: readonly Finding[];
  readonly choices?: readonly Unit[];
}

/** A name that may mean other units too: taken as what a person chose, and as nothing before. */
function asked(choices: readonly Unit[], line: number, question: Finding, { chosen }: Register): UnitFound {
  const unit = choices.find(({ code }) => code === chosen?.get(line));
  return unit ? { unit, findings: [], choices } : { unit: null, findings: [question], choices };
}

function unitByName(written: string, place: say.Place & { readonly line: number }, register: Register): UnitFound {
  const { units, former } = register;
  const match = matchUnit(written, units);
  if (match.ok) {
    const { unit } = match;
    const namesake = isBareName(written, unit) ? former.find(({ name }) => foldName(name) === foldName(unit.name)) : undefined;
    // The bare name of a unit that ended: who still writes the old list means that one, and its figures are not the new one's.
    return namesake?.validTo === undefined
      ? { unit, findings: [] }
      : asked([unit], place.line, say.formerUnit(place, unit, namesake, namesake.validTo), register);
  }
  if (match.reason === 'ambiguous') return asked(match.candidates, place.line, say.ambiguousUnit(place, match.candidates), register);
  const ended = matchUnit(written, former);
  const last = ended.ok ? former.find(({ code }) => code === ended.unit.code) : undefined;
  if (last?.validTo !== undefined) return { unit: null, findings: [say.endedUnit(place, last, last.validTo)] };
  return { unit: null, findings: [say.unknownUnit(place, match.suggestions)] };
}

function findUnit(row: RawRow, headings: RawTable['headings'], register: Register): UnitFound {
  const { line, code = '', unit: written } = row;
  const byCode = code === '' ? undefined : register.units.find((unit) => unit.code === code.toLowerCase());
  const named = written === '' ? undefined : unitByName(written, { line, column: headings.unit, found: written }, register);
  const meant = named?.unit ? [named.unit] : (named?.choices ?? []);
  const [other] = meant;
  if (byCode && other && !meant.some((unit) => unit.code === byCode.code)) {
    return { unit: null, findings: [say.codeAndNameDiffer({ line, column: headings.code, found: `${code}, ${written}` }, byCode, other)] };
  }
  // A code says exactly which unit is meant, so a name that fits two, or a former one, needs no question.
  if (byCode) return { unit: byCode, findings: [] };
  return named ?? unitByName(code, { line, column: headings.unit ?? headings.code, found: code }, register);
}

const asText = (cell: Cell) => String(cell);

function checkRow(row: RawRow, headings: RawTable['headings'], register: Register): { row: CheckedRow; findings: Finding[] } {
  const { line } = row;
  const { unit, findings: unitFindings, choices = [] } = findUnit(row, headings, register);
  const findings = [...unitFindings];
  const before = unit ? register.current.find((each) => each.unit === unit.code) : undefined;
  const written = row.unit === '' ? (row.code ?? '') : row.unit;

  const read = (cell: Cell, column: string | undefined): number | null => {
    const result = readCell(cell);
    if (result.ok) return result.count;
    findings.push(say.badCount({ line, column, found: asText(cell) }, result.problem));
    return null;
  };
  /** A figure that the file need not have: taken from the snapshot in force where the cell is empty. */
  const readOptional = (cell: Cell | undefined, column: string | undefined, otherwise: number | null): number | null =>
    cell === undefined || asText(cell).trim() === '' ? otherwise : read(cell, column);

  if (row.misfit) {
    const [code, vi, en] =
      row.misfit === 'too-long'
        ? ([
            'row-too-long',
            'Số ô bằng hàng tiêu đề; số có dấu phẩy như 1,234 phải đặt trong ngoặc kép hoặc viết 1234.',
            'As many cells as the heading; a number such as 1,234 needs quotes, or write 1234.',
          ] as const)
        : (['row-too-short', 'Đủ các ô như hàng tiêu đề; dòng này thiếu ô kết quả.', 'All cells of the heading; this row ends before its count.'] as const);
    findings.push(say.finding('error', code, { line, found: written }, vi, en));
    return { row: { line, written, unit, count: null, base: null, target: null, accepted: false, choices: [] }, findings };
  }
  const count = read(row.count, headings.count);
  const base = readOptional(row.base, headings.base, before?.base ?? null) || null;
  const given = readOptional(row.target, headings.target, (register.targets ? null : before?.target) ?? null);
  const target = (unit && register.targets?.get(unit.code)) ?? given;
  if (given !== null && target !== null && given !== target) findings.push(say.otherTarget({ line, column: headings.target, found: String(given) }, target));
  const accepted = unit !== null && count !== null && !findings.some(({ severity }) => severity === 'error');
  if (accepted && base === null) findings.push(say.baseMissing({ line, column: headings.base, found: written }));
  return { row: { line, written, unit, count, base, target, accepted, choices }, findings };
}

export interface Checked {
  readonly rows: readonly CheckedRow[];
  readonly findings: readonly Finding[];
}

/** Checks all rows of a table. A unit that comes twice spoils each of its rows, since none is known to be the right one. */
export function checkRows({ rows, headings, findings: tableFindings }: RawTable, register: Register): Checked {
  const checked = rows.map((row) => checkRow(row, headings, register));
  const lines = new Map<string, number[]>();
  for (const { row } of checked) if (row.unit) lines.set(row.unit.code, [...(lines.get(row.unit.code) ?? []), row.line]);
  const taken = checked.map(({ row, findings }): { row: CheckedRow; findings: Finding[] } => {
    const others = row.unit ? (lines.get(row.unit.code) ?? []).filter((line) => line !== row.line) : [];
    if (!row.unit || others.length === 0) return { row, findings };
    return {
      row: { ...row, accepted: false },
      findings: [...findings, say.unitTwice({ line: row.line, column: headings.unit ?? headings.code, found: row.written }, row.unit, others)],
    };
  });
  const missing = register.units.filter(({ code }) => !lines.has(code)).map(say.missingUnit);
  const byLine = [...tableFindings, ...taken.flatMap(({ findings }) => findings)].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { rows: taken.map(({ row }) => row), findings: [...byLine, ...missing] };
}
