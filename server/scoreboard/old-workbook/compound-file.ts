// A stream out of an OLE compound file (MS-CFB), the container of Office files from before 2007.

const head = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
export const isCompoundFile = (bytes: Uint8Array): boolean => head.every((byte, index) => bytes[index] === byte);

/** From here on numbers mean something other than a sector: free, end of chain, part of the table itself. */
const lastSector = 0xfffffff9;
const entryBytes = 128;

/**
 * @returns the stream of the first name that there is, or `undefined`
 * @throws Error where a chain of sectors leads in a circle or out of the file
 */
export function streamIn(file: Uint8Array, names: readonly string[]): { name: string; bytes: Uint8Array } | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) throw new Error(`a sector of 2^${shift} bytes`);
  const sectorBytes = 1 << shift;
  const sectors = Math.ceil(file.length / sectorBytes) - 1;
  const sector = (number: number) => file.subarray((number + 1) * sectorBytes, (number + 2) * sectorBytes);

  /** Sectors one after the other as the table links them; no more of them than there are. */
  function chain(first: number, next: (number: number) => number, most: number): number[] {
    const found: number[] = [];
    for (let number = first; number <= lastSector; number = next(number)) {
      if (number >= most || found.length >= most) throw new Error('a chain that leads nowhere');
      found.push(number);
    }
    return found;
  }
  const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  const numbersIn = (bytes: Uint8Array) => {
    const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => numbers.getUint32(index * 4, true));
  };

  // Where the table itself lies: 109 sectors are named in the head, the others in a chain of lists.
  const tableAt = numbersIn(file.subarray(76, 512));
  const perList = sectorBytes / 4 - 1;
  let list = view.getUint32(68, true);
  for (let count = 0; list <= lastSector; count++) {
    if (list >= sectors || count >= sectors) throw new Error('a chain that leads nowhere');
    const numbers = numbersIn(sector(list));
    tableAt.push(...numbers.slice(0, perList));
    list = numbers[perList] ?? lastSector + 1;
  }
  const table = numbersIn(joined(tableAt.filter((number) => number < sectors).map(sector)));
  const bySectors = (first: number) => joined(chain(first, (number) => table[number] ?? lastSector + 1, sectors).map(sector));

  const folder = bySectors(view.getUint32(48, true));
  const folderView = new DataView(folder.buffer, folder.byteOffset, folder.byteLength);
  const entries = Array.from({ length: Math.floor(folder.length / entryBytes) }, (_, index) => {
    const at = index * entryBytes;
    const nameBytes = Math.max(0, Math.min(64, folderView.getUint16(at + 64, true)) - 2);
    return {
      name: new TextDecoder('utf-16le').decode(folder.subarray(at, at + nameBytes)),
      type: folderView.getUint8(at + 66),
      first: folderView.getUint32(at + 116, true),
      bytes: folderView.getUint32(at + 120, true),
    };
  });
  const isStream = 2;
  const found = names.flatMap((name) => entries.find((entry) => entry.type === isStream && entry.name === name) ?? [])[0];
  if (!found) return undefined;
  const smallest = view.getUint32(56, true);
  if (found.bytes >= smallest) return { name: found.name, bytes: bySectors(found.first).subarray(0, found.bytes) };

  // What is small lies in sectors of 64 bytes within a stream of the root.
  const pieceBytes = 1 << view.getUint16(32, true);
  const pieces = bySectors(entries[0]?.first ?? lastSector + 1);
  const pieceTable = numbersIn(bySectors(view.getUint32(60, true)));
  const numbers = chain(found.first, (number) => pieceTable[number] ?? lastSector + 1, pieceTable.length);
  return { name: found.name, bytes: joined(numbers.map((number) => pieces.subarray(number * pieceBytes, (number + 1) * pieceBytes))).subarray(0, found.bytes) };
}
