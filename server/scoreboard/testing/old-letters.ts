// Text as bytes of encodings from before UTF-8, as Vietnamese Windows wrote them.
import { asTcvn3, asVni } from './spellings.ts';

const vietnamese = new TextDecoder('windows-1258');
const byteOf = new Map(Array.from({ length: 256 }, (_, byte): [string, number] => [vietnamese.decode(Uint8Array.of(byte)), byte]));
const tones = /[\u0300\u0301\u0303\u0309\u0323]/u;

/** A letter that the page lacks is written as its base and its tone mark behind. */
function bytesOfLetter(letter: string): number[] {
  const whole = byteOf.get(letter);
  if (whole !== undefined) return [whole];
  const marks = letter.normalize('NFD');
  const tone = tones.exec(marks)?.[0] ?? '';
  return [marks.replace(tone, '').normalize('NFC'), tone].map((part) => {
    const byte = byteOf.get(part);
    if (byte === undefined) throw new Error(`Windows-1258 cannot write ${letter}`);
    return byte;
  });
}

export const windows1258 = (text: string): Uint8Array => Uint8Array.from([...text.normalize('NFC')].flatMap(bytesOfLetter));

const singleBytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
export const tcvn3Bytes = (text: string): Uint8Array => singleBytes(asTcvn3(text));
export const vniBytes = (text: string): Uint8Array => singleBytes(asVni(text));

export function utf16Bytes(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}
