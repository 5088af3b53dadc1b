// Bytes to text: the encodings that offices send, and what is no text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile } from './decode-file.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const text = 'STT,Đơn vị,Lũy kế\n1,Quận Ba Đình,"1.234"\n2,Huyện Quốc Oai,5\n';

/** "Quận Ba Đình" and "Đống Đa" as Windows-1258 writes them: base letters, tone marks after them. */
const windows1258 = Uint8Array.from([
  ...[0x51, 0x75, 0xe2, 0xf2, 0x6e, 0x20, 0x42, 0x61, 0x20, 0xd0, 0x69, 0xcc, 0x6e, 0x68],
  ...[0x2c, 0xd0, 0xf4, 0xec, 0x6e, 0x67, 0x20, 0xd0, 0x61],
]);

test.each([
  ['UTF-8', utf8(text), 'utf-8'],
  ['UTF-8 with a byte order mark', utf8(`\ufeff${text}`), 'utf-8'],
  ['decomposed UTF-8', utf8(text.normalize('NFD')), 'utf-8'],
  ['UTF-16, little end first', utf16(text, 'le'), 'utf-16'],
  ['UTF-16, big end first', utf16(text, 'be'), 'utf-16'],
])('%s is read, composed and without its mark', (_, bytes, encoding) => {
  expect(decodeFile(bytes)).toEqual({ ok: true, kind: 'text', text, encoding });
});

test('Windows-1258 is read with its tone marks composed', () => {
  expect(decodeFile(windows1258)).toEqual({ ok: true, kind: 'text', text: 'Quận Ba Đình,Đống Đa', encoding: 'windows-1258' });
});

describe('what is no text is refused with what to do', () => {
  test.each([
    ['a page saved as .xls', [...utf8('<html><table><tr><td>Đơn vị')], 'web-page', '.xlsx'],
    ['a sheet of XML saved as .xls', [...utf8('<?xml version="1.0"?><Workbook>')], 'web-page', '.xlsx'],
    ['a PDF', [...utf8('%PDF-1.7\n')], 'pdf', 'tệp mẫu'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], 'picture', 'tệp mẫu'],
    ['a photo', [0xff, 0xd8, 0xff, 0xe0], 'picture', 'tệp mẫu'],
    ['bytes with a zero', [...utf8('Đơn vị,'), 0, 65], 'binary', 'tệp mẫu'],
    ['bytes with control characters', [...utf8('Đơn vị,'), 1, 65], 'binary', 'tệp mẫu'],
    ['UTF-16 without its mark', [...Buffer.from('Unit,Count', 'utf16le')], 'binary', 'tệp mẫu'],
  ])('%s', (_, bytes, kind, advice) => {
    const decoded = decodeFile(Uint8Array.from(bytes));
    expect(decoded).toMatchObject({ ok: false, kind });
    expect(decoded.ok ? '' : decoded.advice.vi).toContain(advice);
    expect(decoded.ok ? '' : decoded.advice.en).toMatch(/send/);
  });
});

test('any bytes get an answer, and text that is taken holds no control character', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const decoded = decodeFile(bytes);
      if (decoded.ok && decoded.kind === 'text') expect(decoded.text).not.toContain('\u0000');
    }),
  );
});
