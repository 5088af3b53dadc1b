// Bytes of an uploaded table to text: UTF-8, UTF-16 with its mark, else Windows-1258; what is no text is refused by name.
import type { LocalText } from '../../core/primitives.ts';

export type Encoding = 'utf-8' | 'utf-16' | 'windows-1258';
export type Decoded = { ok: true; text: string; encoding: Encoding } | { ok: false; kind: BinaryKind; advice: LocalText };

const asCsv = {
  vi: 'Mở tệp bằng Excel, chọn Lưu thành (Save As) → "CSV UTF-8 (Comma delimited)", rồi gửi tệp .csv đó.',
  en: 'Open it in Excel, choose Save As → "CSV UTF-8 (Comma delimited)", and send that .csv file.',
};
const notATable = {
  vi: 'Đây không phải tệp bảng. Tải tệp mẫu về, điền số liệu, lưu thành CSV UTF-8 rồi gửi lại.',
  en: 'This is no table. Download the template, fill it in, save it as CSV in UTF-8 and send it again.',
};

export type BinaryKind = 'xlsx' | 'xls' | 'pdf' | 'picture' | 'archive' | 'binary';

const signatures: readonly (readonly [BinaryKind, readonly number[]])[] = [
  // A workbook is a ZIP archive.
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
];

function refuse(kind: BinaryKind): Decoded {
  return { ok: false, kind, advice: kind === 'xlsx' || kind === 'xls' ? asCsv : notATable };
}

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, index) => bytes[index] === byte);

/** Control characters that no table has; tab, line ends, form feed and the old end-of-file mark may occur. */
// eslint-disable-next-line no-control-regex
const foreign = /[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]/;

function accept(text: string, encoding: Encoding): Decoded {
  if (foreign.test(text)) return refuse('binary');
  // Windows-1258 writes tone marks as separate characters; everything inside is composed.
  return { ok: true, text: text.normalize('NFC'), encoding };
}

/** Never throws: any bytes are either text or refused with what to do. */
export function decodeText(bytes: Uint8Array): Decoded {
  const known = signatures.find(([, head]) => startsWith(bytes, head));
  if (known) return refuse(known[0]);
  if (startsWith(bytes, [0xff, 0xfe])) return accept(new TextDecoder('utf-16le').decode(bytes), 'utf-16');
  if (startsWith(bytes, [0xfe, 0xff])) return accept(new TextDecoder('utf-16be').decode(bytes), 'utf-16');
  if (bytes.includes(0)) return refuse('binary');
  try {
    return accept(new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'utf-8');
  } catch {
    // Not UTF-8, so it is what Vietnamese Windows writes by default.
    return accept(new TextDecoder('windows-1258').decode(bytes), 'windows-1258');
  }
}
