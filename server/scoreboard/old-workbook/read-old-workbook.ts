// An Excel workbook of 97 to 2003 (.xls) to lines of cells. Only texts and numbers are read: no formula is computed; macros, links and pictures are not looked at.
import { SheetLines, type Cell, type Sheet } from '../sheet-lines.ts';
import { maxSheets, WorkbookRefused } from '../workbook-limits.ts';
import { streamIn } from './compound-file.ts';
import { kinds, Reader, recordsFrom, shortNumber, type Piece } from './records.ts';

/** Of this kind since Excel 97; before, letters were of whatever code page. */
const version = 0x0600;
/** What a formula could not work out, as Excel shows it. */
const errors: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
};

interface Place {
  readonly name: string;
  readonly hidden: boolean;
  readonly at: number;
}

/** A record with those that go on with it. */
function* wholeRecords(stream: Uint8Array, start: number): Generator<{ kind: number; read: Reader; length: number }> {
  let open: { kind: number; parts: Uint8Array[] } | undefined;
  const whole = ({ kind, parts }: { kind: number; parts: Uint8Array[] }) => ({ kind, read: new Reader(parts), length: parts[0]?.length ?? 0 });
  for (const { kind, bytes } of recordsFrom(stream, start) as Iterable<Piece>) {
    if (kind === kinds.goesOn) {
      open?.parts.push(bytes);
      continue;
    }
    if (open) yield whole(open);
    open = { kind, parts: [bytes] };
  }
  if (open) yield whole(open);
}

/** What holds for all sheets: where they begin, and the texts that they share. */
function readGlobals(stream: Uint8Array): { places: Place[]; strings: string[] } {
  const places: Place[] = [];
  let strings: string[] = [];
  for (const { kind, read } of wholeRecords(stream, 0)) {
    if (kind === kinds.end) break;
    if (kind === kinds.password) throw new WorkbookRefused('password');
    if (kind === kinds.begin && read.u16() !== version) throw new WorkbookRefused('before-97');
    if (kind === kinds.sheet) {
      const at = read.u32();
      const hidden = (read.u8() & 3) !== 0;
      // Charts and macros have tabs of their own.
      const isSheet = read.u8() === 0;
      if (places.length >= maxSheets) throw new WorkbookRefused('too-large');
      if (isSheet) places.push({ name: read.text(read.u8()).normalize('NFC'), hidden, at });
    }
    if (kind === kinds.strings) {
      // How often they are used in all, before how many they are.
      read.skip(4);
      const count = read.u32();
      strings = [];
      for (let index = 0; index < count; index++) strings.push(read.richText());
    }
  }
  return { places, strings };
}

function readSheet(stream: Uint8Array, { name, hidden, at }: Place, strings: readonly string[]): Sheet {
  const lines = new SheetLines();
  /** A formula's text stands in the record behind it. */
  let awaited: { row: number; column: number } | undefined;
  let depth = 0;
  for (const { kind, read, length } of wholeRecords(stream, at)) {
    // A chart within the sheet has a beginning and an end of its own.
    if (kind === kinds.begin) depth++;
    else if (kind === kinds.end && --depth === 0) break;
    if (depth !== 1) continue;
    const put = (cell: Cell, row: number, column: number) => lines.put(row + 1, column, cell);
    const next = () => ({ row: read.u16(), column: read.u16(), look: read.u16() });
    switch (kind) {
      case kinds.sharedString: {
        const { row, column } = next();
        put({ text: strings[read.u32()] ?? '' }, row, column);
        break;
      }
      case kinds.label:
      case kinds.richLabel: {
        const { row, column } = next();
        put({ text: read.text(read.u16()) }, row, column);
        break;
      }
      case kinds.number: {
        const { row, column } = next();
        put({ number: read.f64() }, row, column);
        break;
      }
      case kinds.shortNumber: {
        const { row, column } = next();
        put({ number: shortNumber(read.u32()) }, row, column);
        break;
      }
      case kinds.shortNumbers: {
        const row = read.u16();
        const first = read.u16();
        const count = Math.floor((length - 6) / 6);
        for (let index = 0; index < count; index++) {
          // How the cell looks.
          read.skip(2);
          put({ number: shortNumber(read.u32()) }, row, first + index);
        }
        break;
      }
      case kinds.truthOrError: {
        const { row, column } = next();
        const value = read.u8();
        put({ text: read.u8() === 1 ? (errors[value] ?? '#N/A') : String(value) }, row, column);
        break;
      }
      case kinds.formula: {
        const { row, column } = next();
        const bytes = Uint8Array.from({ length: 8 }, read.u8);
        const value = new DataView(bytes.buffer);
        if (value.getUint16(6, true) !== 0xffff) put({ number: value.getFloat64(0, true) }, row, column);
        else if (bytes[0] === 0) awaited = { row, column };
        else if (bytes[0] === 1) put({ text: String(bytes[2] ?? 0) }, row, column);
        else if (bytes[0] === 2) put({ text: errors[bytes[2] ?? 0] ?? '#N/A' }, row, column);
        break;
      }
      case kinds.formulaText: {
        if (awaited) put({ text: read.text(read.u16()) }, awaited.row, awaited.column);
        awaited = undefined;
        break;
      }
    }
  }
  return { name, hidden, lines: lines.inOrder() };
}

/** @throws WorkbookRefused for what is known and not read, Error for what is no workbook */
export function readOldBook(bytes: Uint8Array): Sheet[] {
  const stream = streamIn(bytes, ['Workbook', 'Book', 'EncryptedPackage']);
  if (stream?.name === 'EncryptedPackage') throw new WorkbookRefused('password');
  if (stream?.name === 'Book') throw new WorkbookRefused('before-97');
  if (!stream) throw new WorkbookRefused('no-workbook');
  const { places, strings } = readGlobals(stream.bytes);
  return places.map((place) => readSheet(stream.bytes, place, strings));
}
