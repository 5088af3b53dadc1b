// Workbooks of Excel 97 to 2003 (.xls) for tests, byte by byte: the records of BIFF8 in a compound file, texts that go on from record to record.
import type { TestCell, TestSheet } from './write-workbook.ts';

const longest = 8_224;
const sectorBytes = 512;
const u16 = (...numbers: readonly number[]) => Buffer.from(Uint16Array.from(numbers).buffer);
const u32 = (...numbers: readonly number[]) => Buffer.from(Uint32Array.from(numbers).buffer);
const f64 = (number: number) => Buffer.from(Float64Array.of(number).buffer);
const record = (kind: number, ...parts: readonly Uint8Array[]) => {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([u16(kind, bytes.length), bytes]);
};

const isWide = (text: string) => Array.from(text).some((letter) => (letter.codePointAt(0) ?? 0) > 0xff);
const letters = (text: string, wide: boolean) => Buffer.from(text, wide ? 'utf16le' : 'latin1');
const textBytes = (text: string) => Buffer.concat([Uint8Array.of(isWide(text) ? 1 : 0), letters(text, isWide(text))]);

/** The shared texts, cut wherever a record is full, in the middle of a word too: the next one then says anew how wide letters are. */
function sharedTexts(texts: readonly (readonly string[])[]): Buffer {
  const records: Buffer[][] = [[u32(texts.length, texts.length)]];
  const room = () => longest - (records.at(-1) ?? []).reduce((sum, { length }) => sum + length, 0);
  const put = (bytes: Buffer) => records.at(-1)?.push(bytes);
  for (const runs of texts) {
    const text = runs.join('');
    const wide = isWide(text);
    if (room() < 16) records.push([]);
    const rich = runs.length > 1;
    put(Buffer.concat([u16(text.length), Uint8Array.of((wide ? 1 : 0) | (rich ? 8 : 0)), ...(rich ? [u16(runs.length)] : [])]));
    for (let at = 0; at < text.length;) {
      const fits = Math.floor(room() / (wide ? 2 : 1));
      if (fits === 0) {
        records.push([Buffer.from([wide ? 1 : 0])]);
        continue;
      }
      put(letters(text.slice(at, at + fits), wide));
      at += fits;
    }
    if (rich) {
      if (room() < runs.length * 4) records.push([]);
      put(Buffer.concat(runs.map((_, index) => u16(index, index))));
    }
  }
  return Buffer.concat(records.map((parts, index) => record(index === 0 ? 0xfc : 0x3c, ...parts)));
}

const errorCodes: Readonly<Record<string, number>> = { '#DIV/0!': 7, '#REF!': 23, '#N/A': 42 };
const inThirtyBits = (number: number) => Number.isInteger(number) && Math.abs(number) < 2 ** 29;

function cellRecord(cell: TestCell, row: number, column: number, share: (runs: readonly string[]) => number): Buffer {
  const at = u16(row, column, 0);
  if (cell === null) return record(0x201, at);
  if (typeof cell === 'number') return inThirtyBits(cell) ? record(0x27e, at, u32(((cell << 2) | 2) >>> 0)) : record(0x203, at, f64(cell));
  if (typeof cell === 'string') return record(0xfd, at, u32(share([cell])));
  if ('runs' in cell) return record(0xfd, at, u32(share(cell.runs)));
  if ('inline' in cell) return record(0x204, at, u16(cell.inline.length), textBytes(cell.inline));
  const tail = Buffer.alloc(8);
  if ('error' in cell) return record(0x06, at, Uint8Array.of(2, 0, errorCodes[cell.error] ?? 42, 0, 0, 0, 0xff, 0xff), tail);
  const { value = 0 } = cell;
  if (typeof value === 'number') return record(0x06, at, f64(value), tail);
  return Buffer.concat([record(0x06, at, Uint8Array.of(0, 0, 0, 0, 0, 0, 0xff, 0xff), tail), record(0x207, u16(value.length), textBytes(value))]);
}

/** Whole numbers side by side stand in one record, as Excel writes them. */
function rowRecords(cells: readonly TestCell[], row: number, share: (runs: readonly string[]) => number): Buffer[] {
  const records: Buffer[] = [];
  for (let column = 0; column < cells.length;) {
    const after = cells.findIndex((cell, index) => index >= column && !(typeof cell === 'number' && inThirtyBits(cell)));
    const run = cells.slice(column, after < 0 ? cells.length : after) as number[];
    if (run.length > 1) {
      const numbers = run.map((number) => Buffer.concat([u16(0), u32(((number << 2) | 2) >>> 0)]));
      records.push(record(0xbd, u16(row, column), ...numbers, u16(column + run.length - 1)));
    } else records.push(cellRecord(cells[column] ?? null, row, column, share));
    column += Math.max(1, run.length);
  }
  return records;
}

/** @param version of the records; Excel 97 to 2003 when absent */
export function oldWorkbookStream(sheets: readonly TestSheet[], version = 0x0600): Buffer {
  const texts: (readonly string[])[] = [];
  const share = (runs: readonly string[]) => texts.push(runs) - 1;
  const begin = (kind: number) => record(0x809, u16(version, kind, 0, 0), u32(0, 0));
  const bodies = sheets.map(({ rows }) => Buffer.concat([begin(0x10), ...rows.flatMap((cells, row) => rowRecords(cells, row, share)), record(0x0a)]));
  const named = (at: number, { name, hidden = false }: TestSheet) => record(0x85, u32(at), Uint8Array.of(hidden ? 1 : 0, 0, name.length), textBytes(name));
  const shared = sharedTexts(texts);
  const globals = (places: readonly number[]) =>
    Buffer.concat([begin(0x05), ...sheets.map((sheet, index) => named(places[index] ?? 0, sheet)), shared, record(0x0a)]);
  const start = globals([]).length;
  const places = bodies.map((_, index) => bodies.slice(0, index).reduce((sum, { length }) => sum + length, start));
  return Buffer.concat([globals(places), ...bodies]);
}

/** A compound file with one stream; a small one lies in the small sectors of its root. */
export function compoundFile(name: string, content: Uint8Array): Uint8Array {
  const isSmall = content.length < 4_096;
  const padded = (bytes: Uint8Array, to: number) => Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to)]);
  const data = padded(content, isSmall ? 64 : sectorBytes);
  const pieces = data.length / 64;
  const body = padded(data, sectorBytes);
  const [end, free, tableMark] = [0xfffffffe, 0xffffffff, 0xfffffffd];
  const chain = (first: number, count: number) => Array.from({ length: count }, (_, index) => (index === count - 1 ? end : first + index + 1));
  const bodySectors = body.length / sectorBytes;
  const smallTable = isSmall ? padded(u32(...chain(0, pieces)), sectorBytes) : Buffer.alloc(0);
  const smallSectors = smallTable.length / sectorBytes;
  const others = 1 + bodySectors + smallSectors;
  let tableSectors = 1;
  while (tableSectors * 128 < others + tableSectors) tableSectors++;
  // Folder, content, table of the small sectors, table.
  const table = [end, ...chain(1, bodySectors), ...chain(1 + bodySectors, smallSectors), ...Array<number>(tableSectors).fill(tableMark)];
  const tableBytes = u32(...table, ...Array<number>(tableSectors * 128 - table.length).fill(free));
  const entry = (called: string, type: number, first: number, bytes: number, child: number) => {
    const buffer = Buffer.alloc(128);
    buffer.write(called, 'utf16le');
    buffer.writeUInt16LE(called === '' ? 0 : called.length * 2 + 2, 64);
    buffer.writeUInt8(type, 66);
    for (const at of [68, 72]) buffer.writeUInt32LE(free, at);
    buffer.writeUInt32LE(child, 76);
    buffer.writeUInt32LE(first, 116);
    buffer.writeUInt32LE(bytes, 120);
    return buffer;
  };
  const folder = padded(
    Buffer.concat([entry('Root Entry', 5, isSmall ? 1 : end, isSmall ? data.length : 0, 1), entry(name, 2, isSmall ? 0 : 1, content.length, free)]),
    sectorBytes,
  );
  const head = Buffer.alloc(512, 0);
  head.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  head.set(u16(0x3e, 3, 0xfffe, 9, 6), 24);
  head.set(u32(tableSectors, 0, 0, 4_096, isSmall ? 1 + bodySectors : end, smallSectors, end, 0), 44);
  const places = Array.from({ length: 109 }, (_, index) => (index < tableSectors ? others + index : free));
  head.set(u32(...places), 76);
  return new Uint8Array(Buffer.concat([head, folder, body, smallTable, tableBytes]));
}

export function writeOldWorkbook(...sheets: readonly TestSheet[]): Uint8Array {
  return compoundFile('Workbook', oldWorkbookStream(sheets));
}
