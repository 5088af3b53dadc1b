// Bytes of an uploaded file: a workbook of any age, or text in UTF-8, UTF-16 with its mark, Windows-1258, TCVN3 or VNI; what is neither is refused by name.
import type { LocalText } from '../../core/primitives.ts';
import { isCompoundFile } from './old-workbook/compound-file.ts';
import { likeliest, lettersOf, toUnicode, type Letters } from './legacy-letters.ts';

export type Encoding = 'utf-8' | 'utf-16' | 'windows-1258' | Exclude<Letters, 'unicode'>;
export type Decoded =
  { ok: true; kind: 'workbook' } | { ok: true; kind: 'text'; text: string; encoding: Encoding } | { ok: false; kind: BinaryKind; advice: LocalText };

const asWorkbook = {
  vi: 'Mở tệp bằng Excel, chọn Lưu thành (Save As) → "Excel Workbook (*.xlsx)", rồi gửi tệp .xlsx đó.',
  en: 'Open it in Excel, choose Save As → "Excel Workbook (*.xlsx)", and send that .xlsx file.',
};
const notATable = {
  vi: 'Đây không phải tệp bảng. Tải tệp mẫu về, điền số liệu, lưu thành .xlsx hoặc CSV UTF-8 rồi gửi lại.',
  en: 'This is no table. Download the template, fill it in, save it as .xlsx or as CSV in UTF-8 and send it again.',
};

export type BinaryKind = 'pdf' | 'picture' | 'archive' | 'web-page' | 'binary';

const signatures: readonly (readonly [BinaryKind, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
];

/** A workbook is a ZIP archive; before 2007 it was a compound file. */
const archive = [0x50, 0x4b, 0x03, 0x04];

function refuse(kind: BinaryKind): Decoded {
  return { ok: false, kind, advice: kind === 'web-page' ? asWorkbook : notATable };
}

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, index) => bytes[index] === byte);

/** Control characters that a table may have: tab, line ends, form feed, and the old end-of-file mark. */
const usual = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a]);

function hasForeign(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && !usual.has(code)) return true;
  }
  return false;
}

/** What some systems hand out as ".xls" is a page or a sheet of XML. */
const webPage = /^\s*(?:<!doctype html|<html|<table|<\?xml)/i;

function accept(text: string, encoding: Encoding): Decoded {
  if (hasForeign(text)) return refuse('binary');
  if (webPage.test(text.slice(0, 500))) return refuse('web-page');
  // Windows-1258 writes tone marks as separate characters; everything inside is composed.
  return { ok: true, kind: 'text', text: text.normalize('NFC'), encoding };
}

/** Unicode text may still hold letters of old fonts, pasted into a new file. */
function acceptUnicode(text: string, encoding: Encoding): Decoded {
  const letters = lettersOf(text);
  return letters === 'unicode' ? accept(text, encoding) : accept(toUnicode(text, letters), letters);
}

/** Bytes of one letter each: what Vietnamese Windows writes by default, or letters of an old font. */
function acceptBytes(bytes: Uint8Array): Decoded {
  const western = new TextDecoder('windows-1252').decode(bytes);
  const { letters, text } = likeliest([
    { letters: 'unicode', text: new TextDecoder('windows-1258').decode(bytes).normalize('NFC') },
    { letters: 'tcvn3', text: toUnicode(western, 'tcvn3') },
    { letters: 'vni', text: toUnicode(western, 'vni') },
  ]);
  return accept(text, letters === 'unicode' ? 'windows-1258' : letters);
}

/** Never throws: any bytes are a workbook, text, or refused with what to do. */
export function decodeFile(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, archive) || isCompoundFile(bytes)) return { ok: true, kind: 'workbook' };
  const known = signatures.find(([, head]) => startsWith(bytes, head));
  if (known) return refuse(known[0]);
  if (startsWith(bytes, [0xff, 0xfe])) return acceptUnicode(new TextDecoder('utf-16le').decode(bytes), 'utf-16');
  if (startsWith(bytes, [0xfe, 0xff])) return acceptUnicode(new TextDecoder('utf-16be').decode(bytes), 'utf-16');
  if (bytes.includes(0)) return refuse('binary');
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return acceptBytes(bytes);
  }
  return acceptUnicode(text, 'utf-8');
}
