// Records of a workbook of Excel 97 to 2003 (BIFF8, MS-XLS): number, length, bytes; what is too long for one goes on in the next.

/** The few of some two hundred kinds that say where text and numbers stand. */
export const kinds = {
  begin: 0x809,
  end: 0x0a,
  goesOn: 0x3c,
  password: 0x2f,
  sheet: 0x85,
  strings: 0xfc,
  sharedString: 0xfd,
  label: 0x204,
  richLabel: 0xd6,
  number: 0x203,
  shortNumber: 0x27e,
  shortNumbers: 0xbd,
  formula: 0x06,
  formulaText: 0x207,
  truthOrError: 0x205,
} as const;

export interface Piece {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

/** Records from a place in the stream on. @throws RangeError where the stream breaks off */
export function* recordsFrom(stream: Uint8Array, start: number): Generator<Piece> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = start; at < stream.length;) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > stream.length) throw new RangeError('a record breaks off');
    yield { kind: view.getUint16(at, true), bytes: stream.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
  }
}

/** Reads over the ends of records. Every read beyond the last one throws. */
export class Reader {
  readonly #parts: readonly Uint8Array[];
  #part = 0;
  #at = 0;

  constructor(parts: readonly Uint8Array[]) {
    this.#parts = parts;
  }

  #byte(): number {
    while (this.#at >= this.#current.length) this.#next();
    return this.#current[this.#at++] ?? 0;
  }
  get #current(): Uint8Array {
    const part = this.#parts[this.#part];
    if (!part) throw new RangeError('a record breaks off');
    return part;
  }
  #next(): void {
    this.#part++;
    this.#at = 0;
  }

  u8 = (): number => this.#byte();
  u16 = (): number => this.#byte() | (this.#byte() << 8);
  u32 = (): number => (this.u16() | (this.u16() << 16)) >>> 0;
  f64(): number {
    const view = new DataView(new ArrayBuffer(8));
    for (let index = 0; index < 8; index++) view.setUint8(index, this.#byte());
    return view.getFloat64(0, true);
  }
  skip(count: number): void {
    let left = count;
    while (left > 0) {
      const room = this.#current.length - this.#at;
      if (left < room) {
        this.#at += left;
        return;
      }
      left -= room;
      this.#next();
    }
  }

  /** Letters of one byte each are the first 256 of Unicode; where they go on in the next record, it says anew how wide they are. */
  #letters(count: number, flags: number): string {
    let wide = (flags & 1) !== 0;
    let text = '';
    for (let left = count; left > 0; left--) {
      if (this.#at >= this.#current.length) {
        this.#next();
        wide = (this.#byte() & 1) !== 0;
      }
      text += String.fromCharCode(wide ? this.u16() : this.#byte());
    }
    return text;
  }
  text(count: number): string {
    return this.#letters(count, this.u8());
  }
  /** With the fonts of its parts and how it is pronounced, both left out. */
  richText(): string {
    const count = this.u16();
    const flags = this.u8();
    const runs = (flags & 8) !== 0 ? this.u16() : 0;
    const more = (flags & 4) !== 0 ? this.u32() : 0;
    const text = this.#letters(count, flags);
    this.skip(runs * 4 + more);
    return text;
  }
}

/** A number in 30 bits: the upper ones of a double, or a whole number, or a hundred times either. */
export function shortNumber(bits: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(4, (bits & 0xfffffffc) >>> 0, true);
  const value = (bits & 2) !== 0 ? bits >> 2 : view.getFloat64(0, true);
  return (bits & 1) !== 0 ? value / 100 : value;
}
