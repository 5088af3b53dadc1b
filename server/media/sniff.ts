// What a file is, by its first bytes and never by its name.

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'svg';
/** `other`: a picture or film of a kind that is not taken; `none`: neither. */
export type Sniffed = { readonly kind: 'picture'; readonly format: PictureFormat } | { readonly kind: 'video' | 'other' | 'none' };

/** How many bytes are looked at. */
export const headBytes = 4_096;

const picture = (format: PictureFormat): Sniffed => ({ kind: 'picture', format });
const video: Sniffed = { kind: 'video' };
const other: Sniffed = { kind: 'other' };

/** First bytes as text of one byte a letter; `RIFF....WEBP` is looked for from the ninth on. */
const beginnings: readonly (readonly [text: string, at: number, is: Sniffed])[] = [
  ['\xff\xd8\xff', 0, picture('jpeg')],
  ['\x89PNG\r\n\x1a\n', 0, picture('png')],
  ['WEBP', 8, picture('webp')],
  ['GIF8', 0, picture('gif')],
  ['ftypavif', 4, picture('avif')],
  ...['heic', 'heix', 'heim', 'hevc', 'mif1', 'msf1', 'avis'].map((brand) => [`ftyp${brand}`, 4, other] as const),
  ['ftyp', 4, video],
  ['\x1a\x45\xdf\xa3', 0, video],
  // TIFF, bitmap, Photoshop; AVI, Flash, Windows Media, transport and programme streams.
  ...['II*\0', 'MM\0*', 'BM', '8BPS', 'FLV\x01', '\x30\x26\xb2\x75', '\0\0\x01\xba'].map((text) => [text, 0, other] as const),
  ['AVI ', 8, other],
];

/** An SVG begins with its element, after what XML allows before it. */
const svgStart =
  /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\])?\s*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:svg:)?svg[\s>]/;

/** @param head the first `headBytes` of the file, or all of a shorter one */
export function sniff(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head);
  const text = bytes.toString('latin1');
  const found = beginnings.find(([beginning, at]) => text.startsWith(beginning, at));
  if (found) return found[2];
  return svgStart.test(bytes.toString('utf8')) ? picture('svg') : { kind: 'none' };
}
