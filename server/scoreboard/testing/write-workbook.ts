// Workbooks as Excel and other programs write them, for tests: shared and inline strings, rich text, formulas, merged cells, hidden sheets.
import { strToU8, zipSync } from 'fflate';

export type TestCell =
  | string
  | number
  | null
  | { readonly formula: string; readonly value?: number | string }
  | { readonly error: string }
  | { readonly runs: readonly string[] }
  | { readonly inline: string };

export interface TestSheet {
  readonly name: string;
  readonly hidden?: boolean;
  readonly merged?: readonly string[];
  /** Numbers of rows that a filter hides, 1 first. */
  readonly hiddenRows?: readonly number[];
  readonly rows: readonly (readonly TestCell[])[];
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));
}

function writeCell(cell: TestCell, at: string, share: (xml: string) => number): string {
  if (cell === null) return `<c r="${at}" s="1"/>`;
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c r="${at}" t="s"><v>${share(`<t xml:space="preserve">${escape(cell)}</t>`)}</v></c>`;
  if ('runs' in cell) return `<c r="${at}" t="s"><v>${share(cell.runs.map((run) => `<r><rPr><b/></rPr><t>${escape(run)}</t></r>`).join(''))}</v></c>`;
  if ('inline' in cell) return `<c r="${at}" t="inlineStr"><is><t>${escape(cell.inline)}</t></is></c>`;
  if ('error' in cell) return `<c r="${at}" t="e"><f>1/0</f><v>${cell.error}</v></c>`;
  const { formula, value } = cell;
  const type = typeof value === 'string' ? ' t="str"' : '';
  return `<c r="${at}"${type}><f>${escape(formula)}</f>${value === undefined ? '' : `<v>${escape(String(value))}</v>`}</c>`;
}

function writeSheet({ rows, merged = [], hiddenRows = [] }: TestSheet, share: (xml: string) => number): string {
  const xml = rows.flatMap((cells, index) =>
    cells.length === 0
      ? []
      : [
          `<row r="${index + 1}"${hiddenRows.includes(index + 1) ? ' hidden="1"' : ''}>${cells.map((cell, column) => writeCell(cell, `${columnName(column)}${index + 1}`, share)).join('')}</row>`,
        ],
  );
  const merges = merged.length === 0 ? '' : `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return `${head}<worksheet ${main}><sheetData>${xml.join('')}</sheetData>${merges}</worksheet>`;
}

/** The parts of a workbook by their paths, so that a test can spoil one. */
export function workbookParts(sheets: readonly TestSheet[]): Record<string, string> {
  const strings: string[] = [];
  const share = (xml: string) => strings.push(xml) - 1;
  const parts: Record<string, string> = {};
  sheets.forEach((sheet, index) => (parts[`xl/worksheets/sheet${index + 1}.xml`] = writeSheet(sheet, share)));
  const list = sheets.map(
    ({ name, hidden }, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" ${hidden ? 'state="hidden" ' : ''}r:id="rId${index + 1}"/>`,
  );
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return {
    ...parts,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${relationships}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/sharedStrings.xml': `${head}<sst ${main}>${strings.map((xml) => `<si>${xml}</si>`).join('')}</sst>`,
  };
}

export function zipParts(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, part]) => [path, typeof part === 'string' ? strToU8(part) : part])));
}

export function writeWorkbook(...sheets: readonly TestSheet[]): Uint8Array {
  return zipParts(workbookParts(sheets));
}
