// Reads what a layout without a browser needs of a WOFF file: the advance width of every character, in shares of the letter size.
import { inflateSync } from 'node:zlib';

const headerBytes = 44;
const entryBytes = 20;

function table(file: Buffer, wanted: string): Buffer {
  const count = file.readUInt16BE(12);
  for (let index = 0; index < count; index++) {
    const entry = headerBytes + index * entryBytes;
    if (file.toString('latin1', entry, entry + 4) !== wanted) continue;
    const [offset, packed, whole] = [4, 8, 12].map((at) => file.readUInt32BE(entry + at)) as [number, number, number];
    const bytes = file.subarray(offset, offset + packed);
    return packed < whole ? inflateSync(bytes) : bytes;
  }
  throw new Error(`the font has no table ${wanted}`);
}

/** Glyph of each character, from the first format 4 table of `cmap`. */
function glyphs(cmap: Buffer): Map<number, number> {
  const count = cmap.readUInt16BE(2);
  const offset = Array.from({ length: count }, (_, index) => cmap.readUInt32BE(4 + index * 8 + 4)).find((at) => cmap.readUInt16BE(at) === 4);
  if (offset === undefined) throw new Error('the font has no character table of format 4');
  const segments = cmap.readUInt16BE(offset + 6) / 2;
  const at = (part: number, segment: number) => offset + 14 + (part * segments + segment) * 2 + (part > 0 ? 2 : 0);
  const found = new Map<number, number>();
  for (let segment = 0; segment < segments; segment++) {
    const [end, start, delta, range] = [0, 1, 2, 3].map((part) => cmap.readUInt16BE(at(part, segment))) as [number, number, number, number];
    for (let code = start; code <= end && code < 0xffff; code++) {
      const direct = range === 0 ? code : cmap.readUInt16BE(at(3, segment) + range + (code - start) * 2);
      if (direct !== 0) found.set(code, (direct + delta) & 0xffff);
    }
  }
  return found;
}

/** Advance widths by character, in thousandths of the letter size. */
export function advanceWidths(file: Buffer): Map<string, number> {
  const unitsPerEm = table(file, 'head').readUInt16BE(18);
  const measured = table(file, 'hhea').readUInt16BE(34);
  const metrics = table(file, 'hmtx');
  return new Map(
    [...glyphs(table(file, 'cmap'))].map(([code, glyph]) => [
      String.fromCodePoint(code),
      Math.round((metrics.readUInt16BE(Math.min(glyph, measured - 1) * 4) * 1000) / unitsPerEm),
    ]),
  );
}
