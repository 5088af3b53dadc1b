// Reads a table of new screens: columns by their headings, every row with what is wrong with it and what to do.
import { CsvError, parse } from 'csv-parse/sync';
import { newScreenSchema } from '../../../core/screen-api.ts';
import { batchColumns, maxBatchScreens, type BatchColumn, type BatchFinding } from '../../../core/batch-api.ts';
import { fieldProblem } from '../../../core/field-problems.ts';
import { operatorTextSchema } from '../../../core/operator.ts';
import type { Profile } from '../../../core/profile.ts';
import { screenPresets } from '../../../core/screen-presets.ts';
import { foldName, fullName, matchUnit, type Unit } from '../../../core/units.ts';

export interface BatchRow {
  readonly line: number;
  readonly name: string;
  readonly place: string;
  readonly unit: string | null;
  readonly kind: string;
  /** What the row says; null lets the rules decide. */
  readonly channel: string | null;
  /** Where no rule is about it. */
  readonly usualChannel: string;
  readonly tags: readonly string[];
  readonly contact: string;
  readonly operator: string;
  readonly profile: Profile;
}

export interface Known {
  /** Units by tree; a name is looked for in the first one first. */
  readonly trees: readonly (readonly Unit[])[];
  /** Ids of channels by folded id and name. */
  readonly channels: ReadonlyMap<string, string>;
  /** Folded names of screens that there are. */
  readonly names: ReadonlySet<string>;
}

export interface ReadBatch {
  readonly rows: readonly BatchRow[];
  readonly findings: readonly BatchFinding[];
}

type Said = (vi: string, en: string, severity?: BatchFinding['severity']) => void;
const columns = Object.keys(batchColumns) as BatchColumn[];
const spellings = new Map(columns.flatMap((column) => [batchColumns[column].vi, ...batchColumns[column].others].map((text) => [foldName(text), column])));
const kinds = screenPresets.map(({ words }) => `“${words.vi}”`).join(', ');

const isHead = (cells: readonly string[]) => ['name', 'kind'].every((wanted) => cells.some((cell) => spellings.get(foldName(cell)) === wanted));

/** Excel writes semicolons where the comma is the decimal sign: what makes a heading of one of the lines is it. `undefined` when no quotes close. */
function linesOf(csv: string): string[][] | undefined {
  const text = csv.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const tables = [',', ';', '\t'].flatMap((delimiter): string[][][] => {
    try {
      return [parse(text, { delimiter, relax_column_count: true, trim: delimiter !== '\t' })];
    } catch (error) {
      if (error instanceof CsvError) return [];
      throw error;
    }
  });
  return tables.find((lines) => lines.some(isHead)) ?? tables[0];
}

function numberOf(text: string, heading: string, say: Said): number | undefined {
  if (text === '') return undefined;
  const value = Number(text.replace(',', '.'));
  if (Number.isFinite(value) && value > 0) return value;
  say(`cột “${heading}” phải là số lớn hơn 0, không phải “${text}”.`, `the column “${heading}” takes a number above 0, not “${text}”.`);
  return undefined;
}

function unitOf(written: string, trees: Known['trees'], say: Said): string | null {
  if (written === '') return null;
  const matches = trees.map((units) => matchUnit(written, units));
  const match = matches.find(({ ok }) => ok) ?? matches[0];
  if (!match) return null;
  if (match.ok) return match.unit.code;
  const near = match.reason === 'ambiguous' ? match.candidates : match.suggestions;
  const names = near.map((unit) => `“${fullName(unit)}” (${unit.code})`).join(', ');
  if (match.reason === 'ambiguous') say(`“${written}” có thể là ${names}: ghi mã đơn vị.`, `“${written}” may be ${names}: write the unit’s code.`);
  else if (names === '') say(`không có đơn vị “${written}”.`, `there is no unit “${written}”.`);
  else say(`không có đơn vị “${written}”; có phải ${names}?`, `there is no unit “${written}”; is it ${names}?`);
  return null;
}

function readRow(cells: Readonly<Partial<Record<BatchColumn, string>>>, line: number, known: Known, say: Said): BatchRow | undefined {
  const cell = (column: BatchColumn) => (cells[column] ?? '').normalize('NFC');
  const preset = screenPresets.find(({ id, words }) => [id, words.vi, words.en].some((each) => foldName(each) === foldName(cell('kind'))));
  if (!preset) {
    say(`cột “Loại” phải là một trong: ${kinds}.`, `the column “Loại” takes one of: ${screenPresets.map(({ words }) => words.en).join(', ')}.`);
    return undefined;
  }
  const { viewport, pitchMm } = preset.profile;
  const [width, height] = [numberOf(cell('width'), batchColumns.width.vi, say), numberOf(cell('height'), batchColumns.height.vi, say)];
  const profile: Profile = {
    ...preset.profile,
    pitchMm: numberOf(cell('pitch'), batchColumns.pitch.vi, say) ?? pitchMm,
    viewport: { ...viewport, width: width ?? viewport.width, height: height ?? viewport.height },
  };
  const written = cell('channel');
  const channel = written === '' ? null : known.channels.get(foldName(written));
  if (channel === undefined) say(`không có kênh “${written}”.`, `there is no channel “${written}”.`);
  const tags = cell('tags')
    .split(/[;,|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const [name, place] = [cell('name'), cell('place')];
  const parsed = newScreenSchema.safeParse({ name, place, channel: channel ?? preset.channel, profile });
  if (!parsed.success)
    for (const { path, reason } of parsed.error.issues.map(fieldProblem))
      say(`${path === 'name' ? 'tên' : path}: ${reason.vi}.`, `${path}: ${reason.en ?? reason.vi}.`);
  if (name.includes('\ufffd')) say('chữ bị hỏng: lưu lại tệp dạng “CSV UTF-8”.', 'the letters are damaged: save the file again as “CSV UTF-8”.');
  if (known.names.has(foldName(name))) say(`đã có màn hình tên “${name}”.`, `there is a screen named “${name}” already.`, 'warning');
  const unit = unitOf(cell('unit'), known.trees, say);
  const operator = cell('operator');
  for (const { reason } of (operatorTextSchema.safeParse(operator).error?.issues ?? []).map(fieldProblem))
    say(`cột “${batchColumns.operator.vi}”: ${reason.vi}.`, `the column “${batchColumns.operator.vi}”: ${reason.en ?? reason.vi}.`);
  return {
    line,
    name,
    place,
    unit,
    kind: preset.id,
    channel: channel ?? null,
    usualChannel: preset.channel,
    tags,
    contact: cell('contact').slice(0, 120),
    operator,
    profile,
  };
}

export function readBatch(csv: string, known: Known): ReadBatch {
  const findings: BatchFinding[] = [];
  const whole = (vi: string, en: string): ReadBatch => ({ rows: [], findings: [{ severity: 'error', words: { vi, en } }] });
  const lines = linesOf(csv);
  if (!lines)
    return whole(
      'Tệp không phải bảng CSV: dấu ngoặc kép không khép. Mở bằng Excel rồi lưu lại.',
      'This is no CSV table: a quote does not close. Save it again from Excel.',
    );
  const headAt = lines.findIndex(isHead);
  const head = (lines[headAt] ?? []).map((cell) => spellings.get(foldName(cell)));
  if (headAt === -1)
    return whole(
      'Không thấy cột “Tên” và “Loại”. Tải tệp mẫu, điền vào rồi gửi lại.',
      'There are no columns “Tên” and “Loại”. Take the template, fill it in and send that.',
    );
  const rows: BatchRow[] = [];
  const names = new Map<string, number>();
  const body = lines.slice(headAt + 1);
  if (body.filter((cells) => cells.some((cell) => cell !== '')).length > maxBatchScreens)
    return whole(`Mỗi lần tối đa ${maxBatchScreens} màn hình. Chia tệp thành nhiều phần.`, `At most ${maxBatchScreens} screens at once. Split the file.`);
  for (const [index, values] of body.entries()) {
    if (values.every((value) => value === '')) continue;
    const line = headAt + index + 2;
    const cells: Partial<Record<BatchColumn, string>> = {};
    for (const [place, column] of head.entries()) if (column !== undefined) cells[column] = values[place] ?? '';
    const say: Said = (vi, en, severity = 'error') => findings.push({ line, severity, words: { vi: `Dòng ${line}: ${vi}`, en: `Line ${line}: ${en}` } });
    const row = readRow(cells, line, known, say);
    if (!row) continue;
    const earlier = names.get(foldName(row.name));
    if (earlier !== undefined && row.name !== '') say(`trùng tên với dòng ${earlier}.`, `the name of line ${earlier} again.`, 'warning');
    names.set(foldName(row.name), line);
    rows.push(row);
  }
  if (rows.length === 0 && findings.length === 0) return whole('Tệp không có dòng nào dưới tiêu đề.', 'There is no row below the heading.');
  return { rows, findings };
}
