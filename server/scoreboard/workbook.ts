// An Excel workbook to lines of cells, within limits: a cell may claim to stand in row a million. Here .xlsx; .xls in `old-workbook/`.
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { ArchiveRefused, openArchive } from '../files/office-archive.ts';
import type { Line } from './csv-table.ts';
import { isCompoundFile } from './old-workbook/compound-file.ts';
import { readOldBook } from './old-workbook/read-old-workbook.ts';
import { SheetLines, type Cell, type Sheet } from './sheet-lines.ts';
import { maxSheets, WorkbookRefused, type WorkbookProblem } from './workbook-limits.ts';

export type Workbook = { ok: true; sheets: readonly Sheet[] } | { ok: false; problem: WorkbookProblem };

/** A scoreboard's workbook has some 100 kB of XML. */
const maxXmlBytes = 16 * 2 ** 20;
const maxParts = 200;

const lists = new Set(['sheet', 'Relationship', 'si', 'row', 'c', 'r', 't']);

/** Attributes come as `@name`. Only the five entities that XML itself has are known; a document type is refused before. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Letters written as numbers (&#7853;) are known by this option only; what is to replace it wants a decoder of one's own.
  // oxlint-disable-next-line typescript/no-deprecated
  htmlEntities: true,
  alwaysCreateTextNode: true,
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && lists.has(name),
});

/** Parts of a workbook by their paths, parsed. */
function unpack(bytes: Uint8Array): (path: string) => unknown {
  const archive = openArchive(bytes, { maxParts, maxBytes: maxXmlBytes, isNeeded: (path) => /\.(?:xml|rels)$/i.test(path) });
  return (path) => {
    const text = archive.text(path);
    if (text === undefined) return undefined;
    const parsed: unknown = parser.parse(text);
    return parsed;
  };
}

const texts = z.array(z.looseObject({ '#text': z.string().default('') })).default([]);
/** Text of a cell or shared string: plain, or in runs of different fonts. */
const richSchema = z.looseObject({ t: texts, r: z.array(z.looseObject({ t: texts })).default([]) });
type Rich = z.infer<typeof richSchema>;

const textOf = ({ t, r }: Rich) => [...t, ...r.flatMap((run) => run.t)].map((each) => each['#text']).join('');

const bookSchema = z.looseObject({
  workbook: z.looseObject({
    sheets: z.looseObject({
      sheet: z.array(z.looseObject({ '@name': z.string(), '@id': z.string(), '@state': z.string().default('visible') })).max(maxSheets),
    }),
  }),
});
const relationsSchema = z.looseObject({
  Relationships: z.looseObject({ Relationship: z.array(z.looseObject({ '@Id': z.string(), '@Target': z.string() })) }),
});
const stringsSchema = z.looseObject({ sst: z.looseObject({ si: z.array(richSchema).default([]) }) });
const leaf = z.looseObject({ '#text': z.string().default('') });
const cellSchema = z.looseObject({
  '@r': z.string().optional(),
  '@t': z.string().default('n'),
  v: leaf.optional(),
  f: leaf.optional(),
  is: richSchema.optional(),
});
const sheetSchema = z.looseObject({
  worksheet: z.looseObject({
    sheetData: z.looseObject({ row: z.array(z.looseObject({ '@r': z.string().optional(), c: z.array(cellSchema).default([]) })).default([]) }),
  }),
});

/** "C7" → 2. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/i.exec(reference)?.[0].toUpperCase() ?? '';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A cell as its text, and its number where Excel kept one. A formula without a value stays visible as a formula. */
function valueOf(cell: z.infer<typeof cellSchema>, strings: readonly string[]): Cell {
  const raw = cell.v?.['#text'] ?? '';
  if (cell.f && raw === '') return { text: `=${cell.f['#text'] || '…'}` };
  switch (cell['@t']) {
    case 's':
      return { text: strings[Number(raw)] ?? '' };
    case 'inlineStr':
      return { text: cell.is ? textOf(cell.is) : '' };
    case 'n': {
      const number = Number(raw);
      return raw === '' || !Number.isFinite(number) ? { text: raw } : { number };
    }
    default:
      return { text: raw };
  }
}

function readSheet(document: unknown, strings: readonly string[]): Line[] {
  const { row: rows } = sheetSchema.parse(document).worksheet.sheetData;
  const lines = new SheetLines();
  let at = 0;
  for (const row of rows) {
    at = row['@r'] === undefined ? at + 1 : Number(row['@r']);
    let next = 0;
    for (const cell of row.c) {
      const column = cell['@r'] === undefined ? next : columnOf(cell['@r']);
      next = column + 1;
      lines.put(at, column, valueOf(cell, strings));
    }
  }
  return lines.inOrder();
}

function readBook(bytes: Uint8Array): Sheet[] {
  const part = unpack(bytes);
  if (part('xl/workbook.xml') === undefined) throw new WorkbookRefused('no-workbook');
  const book = bookSchema.parse(part('xl/workbook.xml'));
  const relations = relationsSchema.parse(part('xl/_rels/workbook.xml.rels'));
  const targets = new Map(relations.Relationships.Relationship.map((each) => [each['@Id'], each['@Target']]));
  const shared = part('xl/sharedStrings.xml');
  const strings = shared === undefined ? [] : stringsSchema.parse(shared).sst.si.map(textOf);
  return book.workbook.sheets.sheet.flatMap((sheet) => {
    const target = targets.get(sheet['@id']) ?? '';
    const document = part(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    // A chart may have a tab of its own.
    if (typeof document !== 'object' || document === null || !('worksheet' in document)) return [];
    return [{ name: sheet['@name'].normalize('NFC'), hidden: sheet['@state'] !== 'visible', lines: readSheet(document, strings) }];
  });
}

/** Never throws: any bytes are a workbook, or refused with the reason. */
export function readWorkbook(bytes: Uint8Array): Workbook {
  try {
    const sheets = isCompoundFile(bytes) ? readOldBook(bytes) : readBook(bytes);
    return sheets.length === 0 ? { ok: false, problem: 'no-workbook' } : { ok: true, sheets };
  } catch (error) {
    // The archive is broken, its XML is, or it is no workbook: for the sender that is one thing.
    return { ok: false, problem: error instanceof WorkbookRefused || error instanceof ArchiveRefused ? error.problem : 'no-workbook' };
  }
}
